"""Places, people and customers of the sample: a delivery company around Heidelberg and Mannheim.

Town centres are real (longitude 7.71..9.11, latitude 49.31..49.52); people and firms are invented.
"""

from typing import NamedTuple


class Town(NamedTuple):
    """A town's centre in degrees and how many of the day's customers live there."""

    name: str
    latitude: float
    longitude: float
    weight: int


TOWNS = (
    Town("Heidelberg", 49.4037, 8.6754, 20),
    Town("Heidelberg-Neuenheim", 49.4188, 8.6850, 6),
    Town("Heidelberg-Rohrbach", 49.3760, 8.6880, 6),
    Town("Mannheim", 49.4875, 8.4660, 22),
    Town("Mannheim-Neckarau", 49.4553, 8.4870, 6),
    Town("Mannheim-Seckenheim", 49.4650, 8.5610, 5),
    Town("Ludwigshafen", 49.4774, 8.4452, 10),
    Town("Schwetzingen", 49.3828, 8.5735, 6),
    Town("Leimen", 49.3473, 8.6907, 5),
    Town("Sandhausen", 49.3436, 8.6585, 4),
    Town("Eppelheim", 49.4015, 8.6302, 4),
    Town("Plankstadt", 49.3931, 8.5951, 3),
    Town("Oftersheim", 49.3700, 8.5837, 3),
    Town("Hockenheim", 49.3230, 8.5470, 4),
    Town("Ketsch", 49.3680, 8.5280, 3),
    Town("Brühl", 49.3967, 8.5322, 3),
    Town("Edingen", 49.4460, 8.6118, 3),
    Town("Ladenburg", 49.4719, 8.6087, 4),
    Town("Schriesheim", 49.4741, 8.6594, 4),
    Town("Dossenheim", 49.4494, 8.6695, 3),
    Town("Ilvesheim", 49.4725, 8.5675, 2),
    Town("Neckargemünd", 49.3886, 8.7954, 3),
)

FAR_TOWN = Town("Eberbach", 49.4667, 8.9833, 0)

FIRMS = (
    "Bäckerei", "Metzgerei", "Hofladen", "Apotheke", "Blumen", "Café", "Gasthaus", "Hotel", "Kita",
    "Buchhandlung", "Werkstatt", "Praxis", "Getränke", "Feinkost", "Bistro",
)  # fmt: skip

FOOD_FIRMS = frozenset(
    {"Bäckerei", "Metzgerei", "Hofladen", "Café", "Gasthaus", "Hotel", "Kita", "Feinkost", "Bistro"}
)

FAMILIES = (
    "Sommer", "Winter", "Bergmann", "Zimmermann", "Vogel", "Lang", "Kurz", "Schreiber", "Kessler", "Roth",
    "Brandt", "Schuster", "Pfeiffer", "Engel", "Lorenz", "Haas", "Seidel", "Graf", "Ziegler", "Kuhn",
    "Pohl", "Horn", "Busch", "Böhm", "Sauer", "Arnold", "Wolff", "Franke", "Albrecht", "Simon",
)  # fmt: skip

DRIVERS = (
    "Anna Keller", "Mehmet Yılmaz", "Lukas Brandt", "Sofia Romano", "Jonas Weber", "Elena Petrova",
    "Tobias Schäfer", "Fatima Haddad", "Marek Nowak", "Julia Hoffmann", "Daniel Okafor", "Katrin Becker",
)  # fmt: skip
