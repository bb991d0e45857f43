"""Aliases: what somebody is called who writes without their name. Pure.

An alias belongs to one member in one topic: the same person is the same heron all through a talk, and somebody else in
the next one. It is drawn at random and kept; it is not computed from who they are, so nobody can compute it back.
"""

import secrets
from collections.abc import Collection

_NAMES = (
    "Avocet Bittern Blackbird Bullfinch Buzzard Chaffinch Coot Cormorant Crane Curlew Dipper Dove Dunlin Dunnock "
    "Egret Eider Fieldfare Firecrest Gannet Goldcrest Goldfinch Grebe Greenfinch Harrier Heron Jackdaw Jay Kestrel "
    "Kingfisher Kite Lapwing Linnet Mallard Merlin Moorhen Nightingale Nuthatch Osprey Owl Oystercatcher Partridge "
    "Pintail Pipit Plover Puffin Quail Redshank Redstart Redwing Robin Rook Sandpiper Siskin Skylark Snipe Sparrow "
    "Starling Stonechat Stork Swallow Swan Swift Teal Tern Thrush Wagtail Warbler Waxwing Wheatear Wigeon Wren"
)
BIRDS = tuple(_NAMES.split())


def draw(taken: Collection[str]) -> str:
    """A name that nobody has in the topic: "Heron", or "Heron 2" when every bird is taken."""
    number = 1
    while True:
        free = [name for name in (_named(bird, number) for bird in BIRDS) if name not in taken]
        if free:
            return secrets.choice(free)
        number += 1


def _named(bird: str, number: int) -> str:
    return bird if number == 1 else f"{bird} {number}"
