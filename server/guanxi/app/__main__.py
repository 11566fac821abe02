"""`python -m guanxi.app` is the `guanxi` command."""

from guanxi.app.cli import main

raise SystemExit(main())
