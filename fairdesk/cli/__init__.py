"""The commands a person types. One file a verb.

Exit codes: 0 done; 1 what was asked for did not come out (a figure differs, a row was refused, the
log is broken); 2 it could not be tried (bad arguments, no such fair, data in use).
"""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from fairdesk import __version__
from fairdesk.cli.keeping import backup, restore, verify
from fairdesk.cli.lists import export, import_, report_
from fairdesk.cli.logs import set_up_logging
from fairdesk.cli.serve import demo, serve
from fairdesk.cli.simulate import simulate
from fairdesk.config import Config, ConfigError, load_config


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Settings file. Without it: ./config.toml where there is one.",
)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data directory.")
@click.pass_context
def main(context: click.Context, config_path: Path | None, data: Path | None) -> None:
    """Job fairs and skills competitions, from the badge at the door to the report."""
    default = Path("config.toml")
    if config_path is None and default.is_file():
        config_path = default
    try:
        config = load_config(config_path)
    except ConfigError as error:
        raise click.UsageError(str(error)) from None
    context.obj = with_data(config, data)
    set_up_logging()


def with_data(config: Config, data: Path | None) -> Config:
    if data is None:
        return config
    return replace(config, data=replace(config.data, directory=str(data)))


COMMANDS = (serve, demo, simulate, import_, export, report_, backup, restore, verify)

for command in COMMANDS:
    main.add_command(command)
