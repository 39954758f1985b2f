"""The door: `python simulate.py run SCENARIO` is `callcenter run SCENARIO`."""

from callcenter.cli import main

if __name__ == "__main__":
    main()
