"""Names of companies in a form by which the same company is recognised, however it was written."""

import re
from functools import cache

from guanxi.kit.folding import fold

# Longest first: a form must not leave the beginning of a longer one behind.
_LEGAL_FORMS = (
    "股份有限责任公司", "集团股份有限公司", "集团有限责任公司", "集团有限公司", "股份有限公司", "有限责任公司",
    "控股有限公司", "有限合伙企业", "普通合伙企业", "特殊普通合伙", "股份公司", "有限公司", "有限合伙", "合伙企业",
    "集团公司", "分公司", "总公司", "集团", "控股", "公司",
)  # fmt: skip
_FOREIGN_FORMS = re.compile(
    r"[\s,.]+(?:co|company|corp|corporation|inc|incorporated|llc|ltd|limited|llp|plc|gmbh|ag|sa|srl|bv|nv|kk|pte|pty)"
    r"\.?$"
)
_REGIONS = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西",
    "西藏", "宁夏", "新疆", "香港", "澳门", "台湾", "深圳", "广州", "杭州", "南京", "苏州", "无锡", "宁波", "成都",
    "武汉", "西安", "青岛", "厦门", "大连", "东莞", "佛山", "珠海", "长沙", "郑州", "济南", "合肥", "福州", "中国",
)  # fmt: skip
_REGION = re.compile(f"^(?:{'|'.join(_REGIONS)})(?:省|市|自治区|特别行政区)?")
_BRACKETED = re.compile(r"[(\[【〔](.*?)[)\]】〕]")
_NOISE = re.compile(r"[\s\-_·•・.,，。、&+*'\"“”‘’()\[\]【】〔〕《》<>]+")


def normalise(name: str) -> str:
    """One spelling of a full name: folded, brackets and signs gone. `华为（深圳）Co., Ltd` -> `华为深圳coltd`."""
    return _NOISE.sub("", fold(name))


def core(name: str) -> str:
    """What sets the company apart: without legal form, and without region words unless nothing else is left.

    `深圳市华为技术有限公司`, `华为技术（深圳）有限公司` and `华為技術` all give `华为技术`.
    """
    folded = _without_regions_in_brackets(fold(name)).strip()
    while (shorter := _FOREIGN_FORMS.sub("", folded)) != folded:
        folded = shorter
    bare = _NOISE.sub("", folded)
    stripped = True
    while stripped:
        stripped = False
        for form in _LEGAL_FORMS:
            if bare.endswith(form) and len(bare) > len(form):
                bare, stripped = bare.removesuffix(form), True
                break
    without_region = _REGION.sub("", bare)
    return without_region if len(without_region) >= 2 else bare


@cache
def _regions() -> frozenset[str]:
    return frozenset(_REGIONS)


def _without_regions_in_brackets(folded: str) -> str:
    def keep(match: re.Match[str]) -> str:
        inner = match[1].strip()
        return "" if inner.removesuffix("市").removesuffix("省") in _regions() else match[0]

    return _BRACKETED.sub(keep, folded)
