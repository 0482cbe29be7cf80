"""Print a script by which a shell completes what is typed: bash, zsh or fish.

  bash: echo 'source <(chambers completion bash)' >> ~/.bashrc
  zsh:  echo 'source <(chambers completion zsh)' >> ~/.zshrc
  fish: chambers completion fish > ~/.config/fish/completions/chambers.fish

The script knows commands, their options, services and messages as they are now; where nothing of
it fits, files are offered. It starts no Python while somebody types.
"""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: which shell."""
    parser.add_argument("shell", choices=("bash", "fish", "zsh"))


def run(args: argparse.Namespace) -> int:
    """Return 0 with the script on stdout."""
    from chassis.cli import shells

    script = {"bash": shells.bash, "fish": shells.fish, "zsh": shells.zsh}[args.shell]
    sys.stdout.write(script(shells.words()))
    return 0
