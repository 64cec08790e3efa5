"""Invented people, companies, decisions and filings for a demo; pure functions of a seed, nothing real.

How names show that they are invented:

* every company and every trade mark has 示例, 演示, 虚构 or 样例 in its name (叶县演示青禾百货店, “虚构鹭”);
* a person is a family name and one of the stems and branches that textbooks use (赵甲, 钱子);
* organisation codes start with DEM0, where real ones have digits or MA, MB, …; check characters are right;
* trademark numbers lie from 99000000 on, patent serials from 9900000 on: far above what has been granted;
* streets, platforms and places of origin are 示例路, 演示商城, 虚构川…; no text holds a telephone number.

Regions, units and the laws that are applied are real. The same seed, day and profile give the same material.
"""
