"""`python -m d2l_ch3.cli`."""

import sys

from d2l_ch3.cli import main

sys.exit(main())
