"""How are millions of ballots held, where the same members vote the same ways again and again?

A document of a hundred roll calls has a few thousand different ballots: so many members, each with the few codes there
are. A `Deck` holds each of them once, a `Hand` is one vote's ballots as places in it. Whatever is made of a ballot is
made once for the deck (`each`, `count`); for ballots in a plain sequence it is made one by one, by the same function.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar, overload

B = TypeVar("B")
"""A ballot, as printed or as placed."""
T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


class Deck(Generic[B]):
    """Every ballot that the votes of one document are made of."""

    def __init__(self, cards: Iterable[B]) -> None:
        self.cards = tuple(cards)
        self._made: dict[Any, Any] = {}

    def each(self, make: Callable[[B], T]) -> Sequence[T]:
        """Return what is made of each ballot, in their order."""
        found: Sequence[T] | None = self._made.get(make)
        if found is None:
            found = self._made[make] = [make(card) for card in self.cards]
        return found

    def ordered(self, make: Callable[[B], bytes]) -> tuple[Sequence[bytes], Sequence[int]]:
        """Return what is made of the ballots in order, and of each ballot its place there."""
        key = "ordered", make
        found: tuple[Sequence[bytes], Sequence[int]] | None = self._made.get(key)
        if found is None:
            made = self.each(make)
            places = sorted(range(len(made)), key=made.__getitem__)
            ranks = [0] * len(made)
            for rank, place in enumerate(places):
                ranks[place] = rank
            found = self._made[key] = [made[place] for place in places], ranks
        return found

    def turned(self, make: Callable[[B], T]) -> Deck[T]:
        """Return the deck with each ballot turned into another."""
        key = "turned", make
        found: Deck[T] | None = self._made.get(key)
        if found is None:
            found = self._made[key] = Deck(self.each(make))
        return found

    def kinds(self, make: Callable[[B], H]) -> tuple[Sequence[H], Sequence[int]]:
        """Return the different things that are made of the ballots, and of each ballot which of them it is."""
        key = "kinds", make
        found: tuple[Sequence[H], Sequence[int]] | None = self._made.get(key)
        if found is None:
            numbers: dict[H, int] = {}
            which = [numbers.setdefault(kind, len(numbers)) for kind in self.each(make)]
            found = self._made[key] = list(numbers), which
        return found


def picker(places: Sequence[int]) -> Callable[[Sequence[T]], tuple[T, ...]]:
    """Return what takes the values at these places out of a sequence, as quickly as Python can."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[place] for place in places)


class Hand(Sequence[B]):
    """The ballots of one vote: places in a deck."""

    __slots__ = ("_pick", "deck", "places")

    def __init__(self, deck: Deck[B], places: Sequence[int]) -> None:
        self.deck = deck
        self.places = places
        self._pick = picker(places)

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> B: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[B]: ...
    def __getitem__(self, at: int | slice) -> B | Sequence[B]:
        if isinstance(at, slice):
            return Hand(self.deck, self.places[at])
        return self.deck.cards[self.places[at]]

    def __iter__(self) -> Iterator[B]:
        return iter(self.pick(self.deck.cards))

    def pick(self, values: Sequence[T]) -> tuple[T, ...]:
        """Return this hand's of what there is one of for each ballot of the deck."""
        return self._pick(values)

    def in_order(self, make: Callable[[B], bytes]) -> tuple[bytes, ...]:
        """Return what is made of the ballots, in its own order."""
        made, ranks = self.deck.ordered(make)
        return picker(sorted(self.pick(ranks)))(made)

    def turned(self, make: Callable[[B], T]) -> Hand[T]:
        """Return the hand with each ballot turned into another."""
        return Hand(self.deck.turned(make), self.places)


def each(ballots: Sequence[B], make: Callable[[B], T]) -> Iterator[T]:
    """Yield what is made of each ballot. Of those in a deck it is made once: `make` has to be one lasting function."""
    if isinstance(ballots, Hand):
        return iter(ballots.pick(ballots.deck.each(make)))
    return map(make, ballots)


def count(ballots: Sequence[B], make: Callable[[B], H]) -> Mapping[H, int]:
    """Return how often each thing is made of the ballots."""
    if isinstance(ballots, Hand):
        kinds, which = ballots.deck.kinds(make)
        return {kinds[kind]: n for kind, n in Counter(ballots.pick(which)).items()}
    return Counter(map(make, ballots))
