"""Streets and towns of the demo. The towns are invented, and so are their ZIP codes."""

from random import Random

from goldthread.doors.demo.names.culture import names
from goldthread.doors.demo.sketch import Home

TOWNS = (
    ("Alderquay", "02007", 40),
    ("Millbrace", "02009", 22),
    ("Port Sorrel", "02011", 18),
    ("Netherby", "02013", 8),
    ("Saltmarsh Landing", "02014", 7),
    ("East Tolliver", "02016", 5),
)
STREETS = names(
    "Alder Amberley Anchor Ash Beacon_Hill Birch Boatyard Bramble Bridge Brook Canal Cedar Chandler Chapel Cherry Clover "
    "Cooper Copper Cranberry Custom_House Dock Drift Eel_Pond Elm Ferry Fisher Foundry Fulton Garrison Granite Grove Hale "
    "Harbor Hawthorn Heron High Holly Jetty Juniper Kestrel Kiln Lamplighter Larch Lighthouse Linden Long_Wharf Maple "
    "Marsh Meadow Mill Moorings Net_Loft Oak Orchard Oyster Pearl Pier Pilot Plover Quarry Quay Rope_Walk Rowan Sailmaker "
    "School Sorrel Spinnaker Spruce Summer Tannery Tern Thistle Tide Union Vine Walnut Water Weaver Willow Winter"
)
WAYS = ("Street", "Street", "Street", "Avenue", "Road", "Lane", "Court", "Place", "Terrace")
UNITS = ("", "", "", "Apt 1", "Apt 2", "Apt 3B", "Apt 4", "Apt 12", "Unit 5", "Floor 2", "Rear")


def draw_home(rng: Random) -> Home:
    """Some address in one of the towns."""
    town, postal_code, _ = rng.choices(TOWNS, weights=[share for _, _, share in TOWNS])[0]
    street = rng.choice(STREETS)
    return Home(
        line1=f"{rng.randrange(1, 480)} {street} {rng.choice(WAYS)}",
        line2=rng.choice(UNITS),
        city=town,
        postal_code=postal_code,
    )
