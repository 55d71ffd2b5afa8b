@echo off
rem Windows: start.py does the rest.
cd /d "%~dp0"
where py >nul 2>nul
if %errorlevel%==0 (py -3 start.py %*) else (python start.py %*)
if errorlevel 1 (
    echo.
    echo Python 3.11+: https://www.python.org/downloads/
    pause
)
