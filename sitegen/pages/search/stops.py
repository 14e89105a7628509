"""The words of each language that carry no meaning of their own: found, but without their places.

Only the most frequent function words, written as they come out of `words.fold`; a longer list
would take words from phrases. They make up some 40 % of a text and would take as much of the index.
"""

from __future__ import annotations

STOPS: dict[str, frozenset[str]] = {
    language: frozenset(line.split())
    for language, line in {
        "english": "the of and to in a is that for on with as at by from it was be are he his has have "
        "had an this which but not they their will its or we were been who would she her",
        "german": "der die und in den von zu das mit sich des auf fur ist im dem nicht ein eine als auch "
        "es an er hat aus bei sie nach",
        "french": "de la le et les des en un du une que est pour qui dans par plus au ne sur se pas il ce "
        "avec sont aux",
        "spanish": "de la que el en y los del se las por un para con una su al lo como es ha no mas",
        "italian": "di e il la che in un a per del una non sono le con si da i dei della al nel alla lo",
        "portuguese": "de a o que e do da em um para com nao uma os no se na por mais as dos ao das",
        "dutch": "de van het een en in is dat op te zijn met voor niet die aan er om hij ook",
        "russian": "и в не на что с он как это по но из у за от о к а его для же был то",
        "swedish": "och i att det som en pa ar av for med den till inte ett om har de",
        "norwegian": "og i det pa som er en til av for at med har de ikke den et om var",
        "danish": "og i at det er en til af pa for med der de den som ikke har et",
        "arabic": "في من علي ان الي عن هذا هذه التي الذي ما مع و او",
        "turkish": "ve bir bu da de icin ile",
        "polish": "i w na z do nie sie to ze o jest od po",
    }.items()
}
