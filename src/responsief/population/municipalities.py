"""Where people live: how many of every so many live in each municipality, and how many districts it has.

CBS publishes the inhabitants of each municipality (StatLine 37230ned and 70072ned, CC BY 4.0). The thousands here follow those of about
1 January 2021, put together as the municipalities are since 2023; they were not held against the table itself, so they count as an
assumption. To draw a population they are good enough; to count one municipality they are not.

A district (`wijk`) is made up: only its code has the shape of those of CBS (Toelichting Wijk- en Buurtkaart 2021, chapter 5), and a code
that CBS uses too says nothing of the district that it is there. How many CBS counted stands in its article on cars in neighbourhoods
(2007, number 13); how many live in each, and where people with little income live, was not looked up.
"""

from __future__ import annotations

from math import isqrt
from typing import Final

from responsief.population.marginals import Marginal

_THOUSANDS: Final = """
0014 233  0034 215  0037 32  0047 27  0050 23  0059 28  0060 4  0072 16  0074 51  0080 124  0085 25  0086 30  0088 1
0090 56  0093 5  0096 1  0098 26  0106 69  0109 35  0114 107  0118 56  0119 34  0141 73  0147 24  0148 29  0150 101
0153 160  0158 24  0160 61  0163 36  0164 81  0166 55  0168 23  0171 48  0173 32  0175 18  0177 38  0180 17  0183 21
0184 21  0189 25  0193 130  0197 27  0200 165  0202 162  0203 60  0209 26  0213 21  0214 27  0216 29  0221 11
0222 58  0225 19  0226 25  0228 119  0230 23  0232 33  0233 27  0243 49  0244 12  0246 19  0252 17  0262 34  0263 25
0267 44  0268 177  0269 24  0273 24  0274 31  0275 43  0277 2  0279 10  0281 42  0285 25  0289 40  0293 15  0294 29
0296 41  0297 29  0299 44  0301 48  0302 28  0303 42  0307 157  0308 25  0310 43  0312 15  0313 22  0317 9  0321 50
0327 31  0331 14  0335 14  0339 6  0340 20  0342 47  0344 359  0345 67  0351 14  0352 24  0353 34  0355 65  0356 64
0358 32  0361 110  0362 91  0363 893  0373 30  0375 42  0376 12  0377 23  0383 36  0384 31  0385 36  0388 19
0392 162  0394 158  0396 39  0397 27  0399 24  0400 57  0402 91  0405 74  0406 41  0415 12  0417 11  0420 45
0431 10  0432 12  0437 14  0439 92  0441 47  0448 14  0450 14  0451 30  0453 69  0473 17  0479 157  0482 20
0484 113  0489 49  0498 20  0502 67  0503 103  0505 119  0512 37  0513 74  0518 548  0523 18  0531 31  0532 22
0534 22  0537 66  0542 29  0546 124  0547 27  0553 23  0556 34  0569 29  0575 44  0579 25  0589 10  0590 32  0597 47
0599 652  0603 55  0606 79  0610 26  0613 26  0622 74  0626 26  0627 31  0629 27  0632 53  0637 125  0638 9  0642 45
0654 23  0664 39  0668 20  0677 28  0678 13  0687 49  0703 23  0715 54  0716 26  0717 22  0718 44  0736 45  0737 32
0743 17  0744 7  0748 67  0753 30  0755 11  0757 31  0758 184  0762 32  0765 12  0766 26  0770 20  0772 235  0777 44
0779 22  0784 27  0785 24  0794 93  0796 156  0797 45  0798 16  0809 24  0820 24  0823 19  0824 27  0826 56  0828 93
0840 23  0845 30  0847 19  0848 18  0851 24  0852 17  0855 235  0858 31  0861 45  0865 27  0866 18  0867 49  0873 22
0879 22  0880 16  0882 37  0888 16  0889 13  0893 13  0899 28  0907 17  0917 87  0928 45  0935 120  0938 19  0944 8
0946 17  0957 59  0965 10  0971 25  0981 10  0983 102  0984 44  0986 12  0988 50  0994 16  0995 80  1507 43  1509 39
1525 38  1581 50  1586 30  1598 23  1621 63  1640 36  1641 24  1652 31  1655 30  1658 16  1659 23  1667 13  1669 21
1674 77  1676 34  1680 25  1681 26  1690 24  1695 8  1696 24  1699 31  1700 34  1701 20  1705 47  1706 21  1708 44
1709 37  1711 32  1714 23  1719 27  1721 31  1723 10  1724 19  1728 21  1729 14  1730 34  1731 33  1734 48  1735 35
1740 25  1742 38  1771 40  1773 18  1774 27  1783 111  1842 19  1859 44  1876 36  1883 92  1884 28  1891 19  1892 45
1894 44  1895 38  1896 23  1900 90  1901 35  1903 26  1904 65  1911 49  1916 76  1924 51  1926 56  1930 85  1931 57
1940 52  1942 59  1945 35  1948 82  1949 46  1950 26  1952 61  1954 36  1955 36  1959 56  1960 52  1961 58  1963 88
1966 48  1969 64  1970 45  1978 44  1979 46  1980 87  1982 90  1991 58  1992 73
"""


def _pairs(words: list[str]) -> tuple[tuple[str, int], ...]:
    return tuple(zip(words[::2], map(int, words[1::2]), strict=True))


GEMEENTEN: Final = Marginal(
    "gemeente waar men woont (duizenden inwoners)",
    "aanname, naar de inwoners per gemeente van CBS rond 1 januari 2021: afgerond op duizenden, in de gemeenten van 2023, en niet "
    "nagekeken in de tabel zelf; ook: in elke gemeente wonen dezelfde soorten huishoudens",
    2021,
    _pairs(_THOUSANDS.split()),
)

ELSEWHERE: Final = 7  # districts of a municipality whose inhabitants are not known here: as many as one of 51 thousand has
WIJKEN: Final = Marginal(
    "wijk van de gemeente (aantal wijken)",
    "aanname, bij 2.491 wijken in 467 gemeenten in 2005 (CBS): zoveel als de wortel van de duizenden inwoners, naar beneden afgerond (7 als "
    "die hier niet staan); hoe lager het nummer van een wijk, hoe meer mensen er wonen, en hoe vaker met weinig inkomen; de codes zijn verzonnen",
    None,
    tuple((code, isqrt(thousands)) for code, thousands in GEMEENTEN.kansen),
)


def districts(gemeente: str) -> tuple[tuple[str, int], ...]:
    """The districts of a municipality («WK», its CBS code and two digits), each with how many of every so many there live in it. The
    first is the largest: of 25 districts it has nine times as many as the last."""
    number = dict(WIJKEN.kansen).get(gemeente, ELSEWHERE)
    return tuple((f"WK{gemeente}{at:02d}", 1000 // (3 + at)) for at in range(number))
