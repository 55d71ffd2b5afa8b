#!/bin/sh
# macOS and Linux: finds a Python that is new enough; start.py does the rest.
cd "$(dirname "$0")" || exit 1
for python in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" start.py "$@"
    fi
done
echo "Python 3.11+: https://www.python.org/downloads/"
exit 2
