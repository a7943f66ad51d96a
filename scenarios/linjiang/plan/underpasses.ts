import type { Names } from '@/domain/ids'
import type { Point } from '../curve'

/** A road that dips under a railway or a greater road, and where. */
export interface PlannedUnderpass {
  readonly key: string
  readonly road: string
  readonly name: Names
  readonly at: Point
}

type Row = Omit<PlannedUnderpass, 'key'>
const u = (road: string, zh: string, en: string, at: Point): Row => ({ road, name: { 'zh-CN': zh, en }, at })

const ROWS: readonly Row[] = [
  u('heping-lu', '和平路', 'Heping Road', [-1506, 2771]),
  u('beizha-lu', '北闸路', 'Beizha Road', [2135, 2753]),
  u('zhanqian-lu', '站前路', 'Zhanqian Road', [-869, 2824]),
  u('tiedong-lu', '铁东路', 'Tiedong Road', [-3286, 2596]),
  u('tiedong-lu', '铁东路南', 'Tiedong Road South', [-4806, -5084]),
  u('jianshe-dadao', '建设大道西', 'Jianshe Avenue West', [-3816, 1314]),
  u('jianshe-dadao', '建设大道东', 'Jianshe Avenue East', [3624, 1003]),
  u('fangzhi-xilu', '纺织西一处', 'Fangzhi West 1', [-5502, 2483]),
  u('fangzhi-xilu', '纺织西二处', 'Fangzhi West 2', [-5730, 3413]),
  u('fangzhi-xilu', '纺织西三处', 'Fangzhi West 3', [-5612, 4564]),
  u('jiefang-lu', '解放路', 'Jiefang Road', [623, 2829]),
  u('wenchang-dadao', '文昌大道', 'Wenchang Avenue', [6822, 4454]),
  u('gongnong-lu', '工农路', 'Gongnong Road', [-5083, -4544]),
  u('nantang-dadao', '南塘大道', 'Nantang Avenue', [2271, -4897]),
  u('liuying-lu', '柳营路', 'Liuying Road', [4456, -4195]),
  u('donghu-lu', '东湖路', 'Donghu Road', [6369, 4334]),
  u('zhongshan-lu', '中山路', 'Zhongshan Road', [3643, 344]),
  u('heping-lu', '和平路南', 'Heping Road South', [-816, -5152]),
  u('binhe-lu', '滨河路', 'Binhe Road', [90, 2864]),
  u('xunhe-dadao', '巡河大道', 'Xunhe Avenue', [-3834, 276]),
  u('guangming-lu', '光明路', 'Guangming Road', [995, -5050]),
  u('keji-dadao', '科技大道', 'Keji Avenue', [3948, 3363]),
  u('fangzhi-donglu', '纺织东路', 'Fangzhi East Road', [-4690, 2506]),
  u('linjiang-dadao', '临江大道', 'Linjiang Avenue', [-4882, -2818]),
  u('nanyuan-lu', '南苑路', 'South Garden Road', [-2342, -5417]),
  u('xincheng-dadao', '新城大道', 'New Town Avenue', [-2634, -5484]),
  u('yanjiang-nanlu', '沿江南路', 'South Bank Road', [-5086, -4202]),
  u('wenchang-dadao', '文昌大道西', 'Wenchang Avenue West', [-6087, 3796]),
  u('tiedong-lu', '铁东路临南线', 'Tiedong Road Linnan Line', [-4923, -5429]),
  u('xijiao-lu', '西郊路', 'West Country Road', [-7049, 2628]),
  u('nanjiao-lu', '南郊路', 'South Country Road', [-4553, -6496]),
  u('ganghua-lu', '港华路', 'Ganghua Road', [7487, -2982]),
  u('dongfeng-dadao', '东风大道', 'Dongfeng Avenue', [8937, 151]),
  u('xincheng-dadao', '新城大道绕城', 'New Town Avenue Ring', [-2520, -8649]),
  u('xunhe-dadao', '巡河大道绕城', 'Xunhe Avenue Ring', [-8984, -1265]),
  u('xijiao-lu', '西郊路绕城', 'West Country Road Ring', [-8124, 4357]),
  u('yantou-lu', '岩头路', 'Yantou Road', [-9123, -2505]),
  u('dongjiao-lu', '东郊路', 'East Country Road', [9052, 3582]),
  u('huagong-dadao', '化工大道', 'Chemical Avenue', [7353, -6969]),
  u('xiangyang-lu', '向阳路', 'Xiangyang Road', [-6052, -8319]),
]

/** The forty underpasses that the city watches, the oldest instruments first. */
export const UNDERPASSES: readonly PlannedUnderpass[] = ROWS.map((row, i) => ({ ...row, key: `underpass-${i + 1}` }))
