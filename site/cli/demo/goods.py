"""Lists of goods with quantities and prices, whose sums are the turnover and the gains of a matter."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from cli.demo.words import Category, Product


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One kind of goods in a matter; prices in yuan for one `unit`."""

    label: str
    size: str
    unit: str
    in_stock: int
    sold: int
    cost: int
    price: int

    @property
    def turnover(self) -> int:
        """违法经营额: sold at the price asked, unsold at the price marked (商标法实施条例 Art 78)."""
        return (self.in_stock + self.sold) * self.price

    @property
    def worth_in_stock(self) -> int:
        """货值金额 of what is unsold: at the price marked."""
        return self.in_stock * self.price

    @property
    def gains(self) -> int:
        """违法所得: what the sold goods brought above their cost."""
        return self.sold * (self.price - self.cost)

    def __str__(self) -> str:
        return (
            f"{self.label}（{self.size}），库存{self.in_stock}{self.unit}，已售{self.sold}{self.unit}，"
            f"购进价每{self.unit}{self.cost}元，销售价每{self.unit}{self.price}元"
        )


def goods_lines(
    roll: random.Random, category: Category, brand: str, *, target_yuan: float
) -> tuple[GoodsLine, ...]:
    """One to four lines of `brand` that together are worth roughly `target_yuan`."""
    count = min(roll.choices((1, 2, 3, 4), weights=(4, 4, 3, 2))[0], len(category.products))
    products = roll.sample(category.products, count)
    return tuple(_line(roll, product, brand, target_yuan / count) for product in products)


def label_lines(
    roll: random.Random, product: str, brand: str, *, target_yuan: float
) -> tuple[GoodsLine, ...]:
    """Labels and boxes of `brand`: what a printer is found with."""
    kinds = (
        Product("标签", "捆", ("每捆500枚", "每捆1000枚"), 6, 60),
        Product("包装盒", "箱", ("每箱100个", "每箱200个"), 60, 220),
    )
    return tuple(
        _line(roll, kind, brand, target_yuan / len(kinds), label=f"“{brand}”牌{product}{kind.name}")
        for kind in kinds
    )


def origin_line(roll: random.Random, category: Category, name: str, *, target_yuan: float) -> GoodsLine:
    """Goods that are sold under the geographical indication `name`, which ends with the product's name."""
    product = next(product for product in category.products if name.endswith(product.name))
    return _line(roll, product, name, target_yuan, label=f"“{name}”")


def target_worth(roll: random.Random, *, is_trader: bool) -> float:
    """A plausible worth of the goods in yuan: most matters are small, a few are large."""
    middle, spread = (8.6, 1.0) if is_trader else (10.2, 1.0)
    return min(math.exp(roll.gauss(middle, spread)), 600_000)


def listing(lines: Sequence[GoodsLine]) -> str:
    """The lines, numbered, as a decision lists them."""
    return "；\n".join(f"{number}.{line}" for number, line in enumerate(lines, 1)) + "。"


def _line(
    roll: random.Random, product: Product, brand: str, worth: float, *, label: str | None = None
) -> GoodsLine:
    price = max(2, round(product.low * (product.high / product.low) ** roll.random()))
    quantity = max(2, round(worth / price))
    sold = round(quantity * roll.uniform(0.15, 0.75))
    sold = min(sold, quantity - 1)
    return GoodsLine(
        label=label or f"“{brand}”牌{product.name}",
        size=roll.choice(product.sizes),
        unit=product.unit,
        in_stock=quantity - sold,
        sold=sold,
        cost=max(1, round(price * roll.uniform(0.35, 0.75))),
        price=price,
    )
