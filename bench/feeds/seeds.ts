import { writeFrame } from '@/domain/formats/jt808/frame'
import { ProtoWriter } from '@/domain/formats/protobuf'
import { fromHex } from '@/domain/formats/reading'
import { openFormat } from '@/domain/formats/openFormat'
import type { Format } from '@/domain/formats/reading'
import { FileFormat } from '@/domain/feed/mapping'

const CAP = `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>41010041600000_20210720160100_0</identifier>
<sender>41010041600000</sender><sent>2021-07-20T16:01:00+08:00</sent><status>Exercise</status><msgType>Update</msgType>
<scope>Public</scope><references>41010041600000,41010041600000_20210720115000_0,2021-07-20T11:50:00+08:00</references>
<info><language>zh-CN</language><category>Met</category><event>暴雨</event><responseType>Shelter</responseType>
<urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
<expires>2021-07-20T19:01:00+08:00</expires><headline>(演练)市气象台发布暴雨红色预警信号</headline>
<parameter><valueName>colour</valueName><value>red</value></parameter><area><areaDesc>主城区</areaDesc>
<polygon>34.62,113.42 34.62,113.86 34.90,113.86 34.90,113.42 34.62,113.42</polygon></area></info></alert>`

const COT = `<event version="2.0" uid="CN-FIRE-0123" type="a-f-G-E-V-f" time="2026-07-20T09:10:05.000Z"
 start="2026-07-20T09:10:05.000Z" stale="2026-07-20T09:12:05.000Z" how="m-g"><point lat="34.7701" lon="113.6322"
 hae="98.5" ce="8.0" le="9999999.0"/><detail><contact callsign="水域救援1车"/><track course="87.0" speed="9.1"/></detail></event>`

const LOCATION = fromHex('0000000000000003021271CA06C623880068014500572107201603050104000012D6') ?? new Uint8Array()

const ADSB = '1457996400,"8D406B909945DE10000405999BE4","406B90",19\n*8D406B9058B975870B738754F480;\n'
const AIS = '!AIVDM,1,1,,A,33P;Tw0tjBQO22:E7dm66DrB20UP,0*2E\r\n!AIVDM,1,1,,B,35VwAv0300QcEQ`EGcpN40jD0PUQ,0*61\r\n'

function gtfs(): Uint8Array {
  const vehicle = new ProtoWriter()
    .message(1, new ProtoWriter().text(1, 'trip-7').text(5, 'M5').bytes())
    .message(2, new ProtoWriter().raw(Uint8Array.of(13, 0, 0, 10, 66, 21, 0, 0, 227, 66)).bytes())
    .uint(5, 1_784_537_400n)
    .message(8, new ProtoWriter().text(1, 'bus-12').bytes())
  const entity = new ProtoWriter().text(1, 'e1').message(4, vehicle.bytes())
  const header = new ProtoWriter().text(1, '2.0').uint(3, 1_784_537_401n)
  return new ProtoWriter().message(1, header.bytes()).message(2, entity.bytes()).bytes()
}

const TEXTS = {
  cap: CAP,
  cot: COT,
  ais: AIS,
  adsb: ADSB,
  sensorThings:
    '[{"Datastream":{"@iot.id":"ds-rain"},"components":["phenomenonTime","result"],"dataArray":[["2026-07-20T08:00:00Z/2026-07-20T08:05:00Z",17.4]]},{"result":3,"phenomenonTime":"2026-07-20T08:00:00Z","Datastream":{"@iot.id":4}}]',
  ngsiLd:
    '{"id":"urn:ngsi-ld:WaterLevelSensor:JL-03","type":"WaterLevelSensor","level":{"type":"Property","value":81.42,"unitCode":"MTR","observedAt":"2026-07-20T08:20:00Z"},"location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[113.7,34.79]}}}',
  geojson:
    '{"type":"FeatureCollection","features":[{"type":"Feature","id":"us1","properties":{"mag":4.4,"time":1517968154000},"geometry":{"type":"Point","coordinates":[113.7,34.79,10]}}]}',
  xml: '<?xml version="1.0"?><rows><r STCD="61512"><TM>2026-07-20 08:00</TM><Z>25.31</Z></r><r STCD="2"><Z/></r></rows>',
  csv: 'STCD,TM,Z\r\n61512,2026-07-20 08:00,25.31\r\n"a ""b""",2026-07-20 08:05,25.40\r\n',
  json: '{"data":[{"STCD":"61512","Z":25.31},{"STCD":"61513","Z":null}]}',
  ndjson: '{"STCD":"61512","Z":25.31}\n{"STCD":"61513","Z":1}\n',
} as const

/** One well-made payload of every format that Belfry reads, with its reader: what mutations start from. */
export const SEEDS: readonly { readonly name: string; readonly format: Format; readonly bytes: Uint8Array }[] = [
  ...Object.entries(TEXTS).map(([kind, text]) => ({
    name: kind,
    format: openFormat(
      FileFormat.parse({
        kind,
        ...(kind === 'xml' ? { row: 'r' } : {}),
        ...(kind === 'json' ? { records: 'data' } : {}),
      }),
    ),
    bytes: new TextEncoder().encode(text),
  })),
  {
    name: 'jt808',
    format: openFormat({ kind: 'jt808' }),
    bytes: Uint8Array.from([
      ...writeFrame({ id: 0x0200, phone: '13800138000', serial: 66, body: LOCATION }),
      ...writeFrame({ id: 2, phone: '13800138000', serial: 67, version: 1, body: new Uint8Array() }),
    ]),
  },
  { name: 'gtfsRt', format: openFormat({ kind: 'gtfsRt' }), bytes: gtfs() },
]
