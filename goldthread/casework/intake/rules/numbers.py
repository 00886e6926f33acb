"""The emergency numbers of the public pages, where the agency says nothing else. Pure."""

NUMBERS = (
    {
        "number": "911",
        "en": "In danger now: police, fire, ambulance",
        "es": "En peligro ahora: policía, bomberos, ambulancia",
    },
    {
        "number": "988",
        "en": "Thoughts of suicide or an emotional crisis: call or text, day and night",
        "es": "Pensamientos de suicidio o una crisis emocional: llame o envíe un mensaje, de día y de noche",
    },
)
