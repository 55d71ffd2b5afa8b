@echo off
rem Windows: finds a Python that is new enough; start.py does the rest.
setlocal
pushd "%~dp0" || goto failed
if not exist start.py (
    echo Only start.bat was unpacked: extract all of the zip file, then open start.bat in the new folder.
    goto failed
)
for %%p in ("py -3" "py -3.14" "py -3.13" "py -3.12" "py -3.11" python) do (
    call %%~p -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "found=%%~p" && goto start
)
echo Python 3.11+: https://www.python.org/downloads/
goto failed

:start
call %found% start.py %*
if %errorlevel%==0 exit /b 0

:failed
pause
exit /b 2
