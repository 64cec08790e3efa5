"""Addresses as people paste them, with what they point at: (pasted, platform, kind, item, shop)."""

from __future__ import annotations

NOTE = "64a1b2c3000000001203f4e5"
USER = "5ff0e6410000000001001a2b"
SEC = "MS4wLjABAAAAv7iSuuXDJGDvJkmH_vz1qkDZYo1apxgzaxdBSeIuPiM"

ITEMS = [
    # Taobao
    ("https://item.taobao.com/item.htm?id=610947572360", "taobao", "610947572360"),
    (
        "http://item.taobao.com/item.htm?spm=a230r.1.14.20.1d8f&id=610947572360&ns=1&abbucket=12#detail",
        "taobao",
        "610947572360",
    ),
    ("item.taobao.com/item.htm?id=610947572360", "taobao", "610947572360"),
    ("https://item.taobao.com/item.htm?ft=t&id=728173645120&skuId=5021", "taobao", "728173645120"),
    ("https://h5.m.taobao.com/awp/core/detail.htm?id=610947572360&ut_sk=1.XyZ", "taobao", "610947572360"),
    ("https://main.m.taobao.com/detail/index.html?id=610947572360&pha=true", "taobao", "610947572360"),
    ("https://new.m.taobao.com/detail.htm?id=610947572360&hybrid=true", "taobao", "610947572360"),
    ("https://a.m.taobao.com/i610947572360.htm", "taobao", "610947572360"),
    (
        "https://market.m.taobao.com/app/idleFish-F2e/widle-taobao-rax/page-detail?itemId=729000111222",
        "taobao",
        "729000111222",
    ),
    ("taobao://item.taobao.com/item.htm?id=610947572360", "taobao", "610947572360"),
    (
        "https://item.taobao.com/item.htm?id=610947572360&amp;scm=1007.home&amp;pvid=x",
        "taobao",
        "610947572360",
    ),
    ("看这个https://item.taobao.com/item.htm?id=610947572360，是假的", "taobao", "610947572360"),
    (
        "https://login.taobao.com/member/login.jhtml?redirectURL=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D610947572360",
        "taobao",
        "610947572360",
    ),
    # Tmall
    ("https://detail.tmall.com/item.htm?id=520813250866", "tmall", "520813250866"),
    (
        "https://detail.tmall.com/item.htm?spm=a220m.1000858&id=520813250866&skuId=4611686&user_id=2616970884&cat_id=2&is_b=1&rn=ab",
        "tmall",
        "520813250866",
    ),
    ("https://detail.m.tmall.com/item.htm?id=520813250866&sourceType=item", "tmall", "520813250866"),
    ("https://chaoshi.detail.tmall.com/item.htm?id=520813250866", "tmall", "520813250866"),
    ("https://detail.tmall.hk/hk/item.htm?id=520813250866", "tmall", "520813250866"),
    ("https://detail.tmall.hk/item.htm?id=520813250866", "tmall", "520813250866"),
    ("https://world.detail.tmall.com/item.htm?id=520813250866", "tmall", "520813250866"),
    ("https://pages.tmall.com/wow/z/item?itemId=520813250866", "tmall", "520813250866"),
    ("https://detail.liangxinyao.com/item.htm?id=520813250866", "tmall", "520813250866"),
    # 1688
    ("https://detail.1688.com/offer/675123456789.html", "1688", "675123456789"),
    ("https://detail.1688.com/offer/675123456789.html?spm=a2615.7691456&cosite=-", "1688", "675123456789"),
    ("https://m.1688.com/offer/675123456789.html?from=app", "1688", "675123456789"),
    ("http://detail.m.1688.com/page/index.html?offerId=675123456789&sk=consign", "1688", "675123456789"),
    ("detail.1688.com/pic/675123456789.html?offerId=675123456789", "1688", "675123456789"),
    # JD
    ("https://item.jd.com/100012043978.html", "jd", "100012043978"),
    ("https://item.jd.com/100012043978.html#crumb-wrap", "jd", "100012043978"),
    (
        "https://item.m.jd.com/product/100012043978.html?utm_user=plusmember&gx=RnE&ad_od=share&utm_source=androidapp",
        "jd",
        "100012043978",
    ),
    ("https://item.m.jd.com/ware/view.action?wareId=100012043978", "jd", "100012043978"),
    ("https://npcitem.jd.hk/10023456789.html", "jd", "10023456789"),
    ("https://item.jd.hk/10023456789.html", "jd", "10023456789"),
    ("https://in.m.jd.com/product/jingxi.html?sku=10023456789", "jd", "10023456789"),
    ("https://wqitem.jd.com/item/view?sku=10023456789", "jd", "10023456789"),
    (
        "【京东】https://item.m.jd.com/product/10023456789.html?gx=abc 「某某保温杯」点击链接直接打开",
        "jd",
        "10023456789",
    ),
    # Pinduoduo
    ("https://mobile.yangkeduo.com/goods.html?goods_id=412345678901", "pinduoduo", "412345678901"),
    (
        "https://mobile.yangkeduo.com/goods1.html?goods_id=412345678901&page_from=29&refer_share_uin=ABC&share_uin=ABC",
        "pinduoduo",
        "412345678901",
    ),
    (
        "https://mobile.yangkeduo.com/goods2.html?_wvx=10&refer_share_channel=copy_link&goods_id=412345678901",
        "pinduoduo",
        "412345678901",
    ),
    ("https://mobile.pinduoduo.com/goods.html?goods_id=412345678901", "pinduoduo", "412345678901"),
    ("https://yangkeduo.com/goods.html?goods_id=412345678901", "pinduoduo", "412345678901"),
    (
        "https://mobile.yangkeduo.com/duo_coupon_landing.html?goods_id=412345678901&pid=1_2",
        "pinduoduo",
        "412345678901",
    ),
    ("pinduoduo://com.xunmeng.pinduoduo/goods.html?goods_id=412345678901", "pinduoduo", "412345678901"),
    (
        "https://mobile.yangkeduo.com/login.html?from=https%3A%2F%2Fmobile.yangkeduo.com%2Fgoods.html%3Fgoods_id%3D412345678901",
        "pinduoduo",
        "412345678901",
    ),
    ("https://pifa.pinduoduo.com/goods/detail/412345678901", "pinduoduo", "412345678901"),
    # Douyin
    (
        "https://haohuo.jinritemai.com/views/product/item2?id=3456789012345678901&origin_type=3002",
        "douyin",
        "3456789012345678901",
    ),
    (
        "https://haohuo.jinritemai.com/ecommerce/trade/detail/index.html?id=3456789012345678901",
        "douyin",
        "3456789012345678901",
    ),
    (
        "https://haohuo.jinritemai.com/views/product/detail?id=3456789012345678901&c_biz_combo=5",
        "douyin",
        "3456789012345678901",
    ),
    ("https://haohuo.snssdk.com/views/product/item?id=3456789012345678901", "douyin", "3456789012345678901"),
    (
        "https://buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting?product_id=3456789012345678901",
        "douyin",
        "3456789012345678901",
    ),
    # Kuaishou
    (
        "https://app.kwaixiaodian.com/merchant/shop/detail?id=20123456789012&carrierType=1",
        "kuaishou",
        "20123456789012",
    ),
    (
        "https://app.kwaixiaodian.com/web/kwaishop-goods-detail-page-app?id=20123456789012",
        "kuaishou",
        "20123456789012",
    ),
    ("https://m.kwaixiaodian.com/page/detail?itemId=20123456789012", "kuaishou", "20123456789012"),
    # Xiaohongshu
    (f"https://www.xiaohongshu.com/goods-detail/{NOTE}?xhsshare=CopyLink&appuid={USER}", "xiaohongshu", NOTE),
    (f"https://mall.xiaohongshu.com/goods/{NOTE}", "xiaohongshu", NOTE),
    (f"xhsdiscover://goods_detail/{NOTE}", "xiaohongshu", NOTE),
    # WeChat
    (
        "https://store.weixin.qq.com/product?productId=10000123456789&appid=wx0123456789abcdef",
        "wechat",
        "10000123456789",
    ),
    ("https://channels.weixin.qq.com/shop/goods/detail?productId=10000123456789", "wechat", "10000123456789"),
    ("https://weidian.com/item.html?itemID=4523456789&wfr=c", "weidian", "4523456789"),
    ("https://shop1234567890.v.weidian.com/item.html?itemID=4523456789", "weidian", "4523456789"),
    ("https://m.weidian.com/item.html?itemID=4523456789#share", "weidian", "4523456789"),
    # Amazon.cn
    ("https://www.amazon.cn/dp/B07XYZ1234", "amazon", "B07XYZ1234"),
    (
        "https://www.amazon.cn/dp/B07XYZ1234/ref=sr_1_1?__mk_zh_CN=x&keywords=y&qid=1600000000&sr=8-1",
        "amazon",
        "B07XYZ1234",
    ),
    ("https://www.amazon.cn/gp/product/B07XYZ1234?smid=A1AJ19PSB66TGU", "amazon", "B07XYZ1234"),
    ("https://www.amazon.cn/保温杯-不锈钢/dp/B07XYZ1234/ref=lp_1", "amazon", "B07XYZ1234"),
    ("https://www.amazon.cn/%E4%BF%9D%E6%B8%A9%E6%9D%AF/dp/B07XYZ1234", "amazon", "B07XYZ1234"),
    ("https://www.amazon.cn/gp/aw/d/B07XYZ1234", "amazon", "B07XYZ1234"),
    ("amazon.cn/dp/B07XYZ1234", "amazon", "B07XYZ1234"),
    ("https://www.amazon.cn/product-reviews/B07XYZ1234", "amazon", "B07XYZ1234"),
]

SHOPS = [
    ("https://shop123456789.taobao.com/", "taobao", "123456789"),
    ("https://shop123456789.taobao.com/search.htm?search=y&keyword=%B1%AD", "taobao", "123456789"),
    ("https://shop123456789.m.taobao.com/?spm=a1z", "taobao", "123456789"),
    ("https://shop.m.taobao.com/shop/shop_index.htm?shop_id=123456789&spm=x", "taobao", "123456789"),
    ("https://shop.m.taobao.com/shop/shop_index.htm?user_id=2616970884", "taobao", "2616970884"),
    ("https://store.taobao.com/shop/view_shop.htm?user_number_id=2616970884", "taobao", "2616970884"),
    ("https://yangsheng-cup.taobao.com/", "taobao", "yangsheng-cup"),
    ("https://nike.tmall.com/", "tmall", "nike"),
    ("https://nike.tmall.com/shop/view_shop.htm?spm=a230r", "tmall", "nike"),
    ("https://nike.m.tmall.com/", "tmall", "nike"),
    ("https://muji.tmall.hk/", "tmall", "muji"),
    ("https://shop1406594578293.1688.com/", "1688", "shop1406594578293"),
    ("https://shop1406594578293.1688.com/page/offerlist.htm?spm=x", "1688", "shop1406594578293"),
    ("https://winport.m.1688.com/page/index.html?memberId=b2b-2208123456", "1688", "b2b-2208123456"),
    ("https://m.1688.com/winport/b2b-2208123456.html", "1688", "b2b-2208123456"),
    ("https://mall.jd.com/index-1000000127.html?from=pc", "jd", "1000000127"),
    ("https://mall.jd.hk/index-10123456.html", "jd", "10123456"),
    ("https://shop.m.jd.com/?shopId=1000000127&utm_source=iosapp", "jd", "1000000127"),
    ("https://shop.m.jd.com/shop/home?shopId=1000000127", "jd", "1000000127"),
    (
        "https://mobile.yangkeduo.com/mall_page.html?mall_id=987654321&refer_share_id=x",
        "pinduoduo",
        "987654321",
    ),
    ("https://mobile.pinduoduo.com/mall_page.html?mall_id=987654321", "pinduoduo", "987654321"),
    ("https://haohuo.jinritemai.com/views/shop/index?shop_id=87654321", "douyin", "87654321"),
    (f"https://www.douyin.com/user/{SEC}?from_tab_name=main", "douyin", SEC),
    (f"https://www.iesdouyin.com/share/user/{SEC}", "douyin", SEC),
    ("https://www.kuaishou.com/profile/3xabc7d8e9f0g1h", "kuaishou", "3xabc7d8e9f0g1h"),
    ("https://live.kuaishou.com/u/cup_factory", "kuaishou", "cup_factory"),
    ("https://app.kwaixiaodian.com/merchant/shop/home?sellerId=1234567890", "kuaishou", "1234567890"),
    (
        f"https://www.xiaohongshu.com/user/profile/{USER}?xsec_token=AB&xsec_source=pc_note",
        "xiaohongshu",
        USER,
    ),
    (f"https://www.xiaohongshu.com/vendor/{USER}", "xiaohongshu", USER),
    ("https://store.weixin.qq.com/shop?appid=wx0123456789abcdef", "wechat", "wx0123456789abcdef"),
    ("https://shop1234567890.v.weidian.com/", "weidian", "1234567890"),
    ("https://weidian.com/?userid=1234567890", "weidian", "1234567890"),
    ("https://www.amazon.cn/sp?_encoding=UTF8&seller=A1AJ19PSB66TGU", "amazon", "A1AJ19PSB66TGU"),
    ("https://www.amazon.cn/s?me=A1AJ19PSB66TGU&marketplaceID=AAHKV2X7AFYLW", "amazon", "A1AJ19PSB66TGU"),
    ("https://www.amazon.cn/shops/A1AJ19PSB66TGU", "amazon", "A1AJ19PSB66TGU"),
]

POSTS = [
    ("https://www.douyin.com/video/7212345678901234567", "douyin", "7212345678901234567"),
    (
        "https://www.iesdouyin.com/share/video/7212345678901234567/?region=CN&mid=7&u_code=1",
        "douyin",
        "7212345678901234567",
    ),
    ("https://www.douyin.com/note/7212345678901234567", "douyin", "7212345678901234567"),
    (f"https://www.douyin.com/user/{SEC}?modal_id=7212345678901234567", "douyin", "7212345678901234567"),
    ("snssdk1128://aweme/detail/7212345678901234567", "douyin", "7212345678901234567"),
    ("https://www.kuaishou.com/short-video/3xqy4n7a9u8b2cd?authorId=3x", "kuaishou", "3xqy4n7a9u8b2cd"),
    (
        "https://v.m.chenzhongtech.com/fw/photo/3xqy4n7a9u8b2cd?fid=1&cc=share_copylink",
        "kuaishou",
        "3xqy4n7a9u8b2cd",
    ),
    ("kwai://work/3xqy4n7a9u8b2cd", "kuaishou", "3xqy4n7a9u8b2cd"),
    (f"https://www.xiaohongshu.com/explore/{NOTE}?xsec_token=ABcd&xsec_source=pc_feed", "xiaohongshu", NOTE),
    (
        f"https://www.xiaohongshu.com/discovery/item/{NOTE}?app_platform=ios&app_version=8",
        "xiaohongshu",
        NOTE,
    ),
    (f"https://www.xiaohongshu.com/user/profile/{USER}/{NOTE}", "xiaohongshu", NOTE),
    (f"xhsdiscover://item/{NOTE}", "xiaohongshu", NOTE),
    (
        "https://channels.weixin.qq.com/web/pages/feed?eid=export_UzFfAgtgekIEAQAA",
        "wechat",
        "export_UzFfAgtgekIEAQAA",
    ),
]

SHORT = [
    ("https://m.tb.cn/h.5xKzQ1z?tk=AbCd3fGhIjK", "taobao"),
    (
        "【淘宝】7天无理由退货 https://m.tb.cn/h.gJq8XyZ?tk=q0Wd3AbCdEf CZ3460 「不锈钢保温杯」\n点击链接直接打开 或者 淘宝搜索直接打开",
        "taobao",
    ),
    ("https://s.click.taobao.com/t?e=m%3D2%26s%3Dabc", "taobao"),
    ("8.0 hhttps:/ ￥CZ0001AbCdE￥ https://m.tb.cn/h.abcDEF", "taobao"),
    ("復制这段话￥AbCdEfGh123￥打开手淘", "taobao"),
    ("https://qr.1688.com/s/AbC12xYz", "1688"),
    ("https://u.jd.com/AbC12xY", "jd"),
    ("https://3.cn/10abcDEF", "jd"),
    ("「某某京东自营」 https://3.cn/2-AbCdEf", "jd"),
    ("https://p.pinduoduo.com/AbC12xYz", "pinduoduo"),
    ("https://v.douyin.com/iRNBho5r/", "douyin"),
    (
        "7.43 复制打开抖音，看看【水杯工厂的作品】今天直播 # 水杯 https://v.douyin.com/iRNBho5r/ 02/14 X@Z.mQ gBT:/",
        "douyin",
    ),
    ("https://v.kuaishou.com/AbC12xYz", "kuaishou"),
    (
        "https://v.kuaishou.com/AbC12xYz 水杯工厂 发了一个快手作品，一起来看！ 复制此消息，打开【快手】直接观看！",
        "kuaishou",
    ),
    ("http://xhslink.com/a/AbC12xYz", "xiaohongshu"),
    (
        "65 水杯小铺发布了一篇小红书笔记，快来看吧！ 😆 x1Y2z3 😆 http://xhslink.com/AbC12x，复制本条信息，打开【小红书】App查看精彩内容！",
        "xiaohongshu",
    ),
    ("#小程序://水杯小店/AbC12xYzKlMnOpQ", "wechat"),
    ("https://weixin.qq.com/sph/AbC12xYz", "wechat"),
    ("https://k.youshop10.com/AbC12xYz", "weidian"),
    ("https://amzn.asia/d/AbC12xY", "amazon"),
]

UNKNOWN = [
    ("https://www.example.com/goods/1?id=5&utm_source=x", "https://www.example.com/goods/1?id=5"),
    ("http://shop.example.com/p?b=2&a=1", "http://shop.example.com/p?b=2&a=1"),
    (
        "https://item.taobao.com@evil.example/item.htm?id=610947572360",
        "https://evil.example/item.htm?id=610947572360",
    ),
    (
        "https://item.taobao.com.evil.example/item.htm?id=610947572360",
        "https://item.taobao.com.evil.example/item.htm?id=610947572360",
    ),
    ("https://www.taobao.com/", "https://www.taobao.com/"),
    ("https://item.taobao.com/item.htm?id=abc", "https://item.taobao.com/item.htm?id=abc"),
    ("https://example.cn:8443/商品/杯", "https://example.cn:8443/%E5%95%86%E5%93%81/%E6%9D%AF"),
    ("javascript:alert(1)", "javascript:alert(1)"),
    ("ftp://files.example.com/x", "ftp://files.example.com/x"),
    ("http://[::1", "http://[::1"),
    ("水杯店里卖的，没有链接", "水杯店里卖的，没有链接"),
]
