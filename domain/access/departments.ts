import type { Names } from '../ids'

/** A department, utility or office that takes orders. */
export interface Department {
  readonly code: string
  readonly name: Names
  /** How long lists name it. */
  readonly short: Names
}

const row = (code: string, zh: string, short: string, en: string): Department => ({
  code,
  name: { 'zh-CN': zh, en },
  short: { 'zh-CN': short, en },
})

/** Who takes part in a city's command: names of a typical city; a city's own names come with its refdata. */
export const DEPARTMENTS: readonly Department[] = [
  row('EOC', '市应急指挥中心', '指挥中心', 'Command centre'),
  row('YJ', '市应急管理局', '应急', 'Emergency management'),
  row('QX', '市气象局', '气象', 'Meteorology'),
  row('SL', '市水务局', '水务', 'Water'),
  row('CG', '市城管局（排水）', '城管排水', 'Urban management, drainage'),
  row('ZJ', '市住房和城乡建设局', '住建', 'Housing and construction'),
  row('GA', '市公安局', '公安', 'Police'),
  row('JJ', '市交警支队', '交警', 'Traffic police'),
  row('JT', '市交通运输局', '交通', 'Transport'),
  row('DT', '市地铁集团控制中心', '地铁', 'Metro control'),
  row('XF', '市消防救援支队', '消防', 'Fire and rescue'),
  row('WJ', '市卫生健康委员会', '卫健', 'Health commission'),
  row('JZ', '市急救中心 120', '急救', 'Ambulance service'),
  row('JK', '市疾病预防控制中心', '疾控', 'Disease control'),
  row('HJ', '市生态环境局', '环境', 'Environment'),
  row('ZR', '市自然资源和规划局', '自然资源', 'Natural resources'),
  row('FG', '市发展和改革委员会（粮储）', '发改', 'Development and reserves'),
  row('SW', '市商务局', '商务', 'Commerce'),
  row('GX', '市工业和信息化局（通管）', '工信', 'Industry and telecoms'),
  row('GD', '市供电公司', '供电', 'Power company'),
  row('GS', '市供水集团', '供水', 'Water supply'),
  row('RQ', '市燃气集团', '燃气', 'Gas company'),
  row('JY', '市教育局', '教育', 'Education'),
  row('MZ', '市民政局', '民政', 'Civil affairs'),
  row('XC', '市委宣传部（网信）', '宣传', 'Publicity'),
  row('SJ', '市市场监督管理局', '市监', 'Market supervision'),
  row('HG', '临江海关', '海关', 'Customs'),
  row('QXZ', '区县人民政府', '区县', 'District governments'),
  row('JD', '军分区（人武）', '军队', 'Armed forces'),
  row('SJJ', '市大数据局', '数据', 'Data bureau'),
]

const byCode = new Map(DEPARTMENTS.map((department) => [department.code, department]))

export const departmentOf = (code: string): Department | undefined => byCode.get(code)
