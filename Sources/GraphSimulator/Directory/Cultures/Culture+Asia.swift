extension Culture {
  static let vietnamese = Culture(
    given: """
      An Bảo=bao Cường=cuong Diễm=diem Đức=duc Giang Hạnh=hanh Hiếu=hieu Hương=huong Khánh=khanh \
      Linh Mỹ=my Ngọc=ngoc Phượng=phuong Quỳnh=quynh Thảo=thao Trường=truong Tuyết=tuyet \
      Việt=viet Xuân=xuan
      """,
    family: """
      Bùi=bui Đặng=dang Đinh=dinh Đỗ=do Dương=duong Hoàng=hoang Huỳnh=huynh Lê=le Lý=ly Ngô=ngo \
      Nguyễn=nguyen Phạm=pham Phan Trần=tran Trịnh=trinh Võ=vo Vũ=vu
      """,
    familyNameFirst: true,
    domain: "vn.example.com", language: "vi-VN", phone: ("84", "0", ["90", "91", "97"]))

  static let chinese = Culture(
    given: """
      伟=wei 芳=fang 娜=na 秀英=xiuying 敏=min 静=jing 丽华=lihua 强=qiang 磊=lei 军=jun 洋=yang \
      勇=yong 艳=yan 杰=jie 建国=jianguo 小明=xiaoming 𠮷祥=jixiang 淑贞=shuzhen
      """,
    family: """
      王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 赵=zhao 黄=huang 周=zhou 吴=wu 徐=xu 孙=sun \
      胡=hu 朱=zhu 高=gao 林=lin 何=he 欧阳=ouyang
      """,
    familyNameFirst: true,
    domain: "cn.example.com", language: "zh-CN", phone: ("86", "", ["138", "159", "186"]))
}
