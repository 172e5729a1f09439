"""The notebook of the documentation runs as it stands, and is kept clean."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def test_a_notebook_is_kept_without_outputs_and_without_places_of_one_machine(notebook):
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert not re.search(r"(^|[\s\"'])/(home|root|tmp|work|Users)\b|[A-Z]:\\", cell.source)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "interpreter" not in notebook.metadata


def test_a_notebook_runs_from_start_to_finish_and_shows_what_it_says(
    notebook, tmp_path, monkeypatch
):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = [cell for cell in code if any("data" in output for output in cell.outputs)]
    assert len(shown) >= len(code) - 2  # tables and pictures, all but imports and writing
    texts = {
        cell.source: "".join(str(output.get("data", "")) for output in cell.outputs)
        for cell in code
    }
    shares = next(text for source, text in texts.items() if source.endswith("shares(paired)"))
    assert "share_better" in shares
    assert "two-way" in shares
    assert any("image/png" in text for text in texts.values())
    assert not [
        output for cell in code for output in cell.outputs if output.get("name") == "stderr"
    ]
