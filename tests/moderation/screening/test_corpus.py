"""Screening held against labelled texts: how much it finds, and how seldom it is wrong."""

from collections import Counter

import pytest

from app.moderation.screening import Kind, screen
from tests.moderation.screening.corpus import texts

POSITIVES, NEGATIVES = texts("positives"), texts("negatives")
# Of what is there, how much must be found; and of what is found, how much must be there. The corpus was written
# together with the patterns, so it is held to nearly everything.
RECALL, PRECISION = 0.97, 0.97


def matched(labelled):
    """The findings of a text beside the label that each meets, and the labels that none met."""
    left = list(labelled.labels)
    pairs = []
    for found in screen(labelled.text):
        label = next((one for one in left if one.kind == found.kind and _meet(one, found)), None)
        if label:
            left.remove(label)
        elif any(one.kind == found.kind for one in labelled.tolerated):
            continue
        pairs.append((found, label))
    return pairs, left


def _meet(label, found):
    return label.start < found.end and found.start < label.end


def test_the_corpus_is_large_enough_to_say_something():
    labels = Counter(label.kind for labelled in POSITIVES for label in labelled.labels)
    assert set(labels) == set(Kind)
    assert min(labels.values()) >= 10
    assert len(NEGATIVES) > 250


@pytest.mark.parametrize("kind", Kind)
def test_recall_and_precision(kind):
    found = right = missed = 0
    for labelled in POSITIVES + NEGATIVES:
        pairs, left = matched(labelled)
        found += sum(finding.kind is kind for finding, _ in pairs)
        right += sum(finding.kind is kind and label is not None for finding, label in pairs)
        missed += sum(label.kind == kind for label in left)
    assert right / (right + missed) >= RECALL
    assert right / found >= PRECISION


def test_where_the_label_says_how_sure_we_are_it_is_so():
    wrong = [
        labelled.text
        for labelled in POSITIVES
        for found, label in matched(labelled)[0]
        if label and label.confidence and label.confidence != found.confidence
    ]
    assert wrong == []


def test_a_finding_covers_what_has_to_go():
    """Redacting a finding must not leave half a number behind."""
    short = [
        labelled.text[label.start : label.end]
        for labelled in POSITIVES
        for found, label in matched(labelled)[0]
        if label and not (found.start <= label.start and label.end <= found.end)
    ]
    assert short == []


def test_nothing_is_found_where_nothing_is():
    assert {labelled.text: screen(labelled.text) for labelled in NEGATIVES if screen(labelled.text)} == {}


def test_a_long_text_of_all_of_them_gives_the_same_findings():
    """Each text stands for itself, whatever is around it."""
    lines = [labelled for labelled in POSITIVES if "\n" not in labelled.text]
    together = "\n\n".join(labelled.text for labelled in lines)
    assert Counter(found.kind for found in screen(together)) == Counter(
        found.kind for labelled in lines for found in screen(labelled.text)
    )
