"""The optional model: absent unless installed, and refused where its files are not the pinned ones."""

import platformdirs
import pytest

from firstsaid.errors import MissingExtraError
from firstsaid.matching import installed_encoder, minilm


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path)
    return tmp_path / "models" / "minilm"


def test_nothing_is_used_that_was_not_installed(home):
    assert minilm.folder() == home
    assert installed_encoder() is None


def test_files_that_are_not_the_pinned_ones_are_refused(home):
    home.mkdir(parents=True)
    for name in minilm.DIGESTS:
        (home / name).write_bytes(b"something else")
    with pytest.raises(MissingExtraError, match="is not the file that was installed"):
        installed_encoder()


class Pieces:
    def __init__(self, ids):
        self.ids = ids


class Tokenizer:
    def encode_batch_fast(self, texts):
        return [Pieces([101, *(len(word) for word in text.split()), 102]) for text in texts]


class Session:
    """States that say which piece stood where, as a network's would."""

    def run(self, _, feeds):
        import numpy as np

        ids = feeds["input_ids"][0].astype(np.float32)
        return [np.stack([np.repeat(ids[:, None], minilm.DIMENSIONS, axis=1) * np.arange(1, minilm.DIMENSIONS + 1, dtype=np.float32)])]


def test_vectors_have_length_one_and_do_not_hang_on_their_neighbours():
    model = minilm.MiniLM(Tokenizer(), Session())
    together = model.encode(["a claim here", "", "another one of them"])
    assert together.shape == (3, minilm.DIMENSIONS)
    assert (together[0] ** 2).sum() == pytest.approx(1, abs=1e-5)
    assert not together[1].any()
    assert (model.encode(["another one of them"])[0] == together[2]).all()
    assert model.encode([]).shape == (0, minilm.DIMENSIONS)
