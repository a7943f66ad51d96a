import type { Names } from '@/domain/ids'
import type { Dice } from './random'

const FIRST =
  '文Wen 武Wu 长Chang 安An 和He 兴Xing 盛Sheng 福Fu 瑞Rui 祥Xiang 明Ming 德De 仁Ren 义Yi 礼Li 智Zhi 信Xin 永Yong 泰Tai 康Kang 宝Bao 金Jin 玉Yu 银Yin 青Qing 翠Cui 柳Liu 桃Tao 梅Mei 兰Lan 竹Zhu 桂Gui 松Song 枫Feng 荷He 莲Lian 春Chun 秋Qiu 云Yun 霞Xia 星Xing 月Yue 江Jiang 湖Hu 洲Zhou 渡Du 石Shi 岭Ling 溪Xi 泉Quan'
const SECOND =
  '昌chang 安an 宁ning 乐le 平ping 顺shun 康kang 华hua 荣rong 光guang 阳yang 山shan 园yuan 林lin 田tian 塘tang 桥qiao 亭ting 台tai 坊fang 里li 门men 港gang 湾wan 泽ze 源yuan 庆qing 丰feng 成cheng 达da 通tong 远yuan 新xin 贤xian 学xue 宾bin 仙xian 凤feng 龙long 鹤he'

const pairs = (text: string): [string, string][] => text.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)])
const [FIRSTS, SECONDS] = [pairs(FIRST), pairs(SECOND)]

/** Gives names of two characters, each once per kind of thing. */
export class NameGiver {
  readonly #dice: Dice
  readonly #taken = new Set<string>()

  constructor(dice: Dice, taken: readonly string[] = []) {
    this.#dice = dice
    for (const name of taken) this.#taken.add(name)
  }

  /** A fresh name with an ending, as `路` and `Road`. */
  next(zh: string, en: string): Names {
    for (let attempt = 0; attempt < 60; attempt++) {
      const [a, b] = [this.#dice.pick(FIRSTS), this.#dice.pick(SECONDS)]
      const side =
        attempt > 25
          ? this.#dice.pick([
              ['东', 'East '],
              ['西', 'West '],
              ['南', 'South '],
              ['北', 'North '],
              ['中', 'Middle '],
            ] as const)
          : (['', ''] as const)
      const name = `${a[0]}${b[0]}${side[0]}${zh}`
      if (this.#taken.has(name)) continue
      this.#taken.add(name)
      return { 'zh-CN': name, en: `${a[1]}${b[1]} ${side[1]}${en}`.trimEnd() }
    }
    const number = this.#taken.size
    this.#taken.add(`${number}${zh}`)
    return { 'zh-CN': `新${number}${zh}`, en: `New ${number} ${en}` }
  }
}
