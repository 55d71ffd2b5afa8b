"""Let JupyterLab load `custom/custom.css` from beside this file, and from where one's own would be."""

from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

c = get_config()  # type: ignore[name-defined]  # noqa: F821  # the server defines it
c.LabApp.custom_css = True
c.ServerApp.tornado_settings = {"static_custom_path": [
    str(folder / "custom") for folder in (Path(jupyter_config_dir()), Path(__file__).parent)]}
