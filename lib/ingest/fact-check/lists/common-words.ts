/** Words that begin sentences or stand in capitals and name nobody. */
export const commonWords = new Set(
  `
a about above according across after again against ahead all along already also although always am amid
among an analysts and another any anyone anything appeals are around article as aside at authorities away
back banks based be because been before behind being below besides better between beyond big both
brokers business but buyers by calls can case central chief clients coins companies company competition
concerns consumers context could court courts creditors critics crypto cryptocurrencies cryptocurrency
currently custody customers data deal debate demand despite details developers did digital do does down
due during each earlier early economists either else employees enough even every everyone evidence
exchange exchanges executives experts far federal few figures finally finance financial firm firms first
following for former founders from full fund funds further future gains general given global good
governments greater growth had half has have he hence her here high higher his holders how however i if
in indeed industry inflation inside instead institutions interest into investors is issuers it its
it's just key large last late later law lawmakers lawyers leaders less lenders like likewise
liquidity local long longer losses lower major management many market markets may meanwhile members
merchants might miners mining minutes money more moreover most much must national near network networks
never nevertheless new news next nobody no none nonetheless nor not nothing notably now observers of off
officials on once one online only open operators opponents or other others otherwise our out outflows over
overall owners part participants partners past payment payments people perhaps plans platform platforms
players police policy political price prices private producers profits projects proponents prosecutors
protocol public questions quite rather regulators regulatory rates recent regardless remarks reports
research researchers reserves results retail revenue rising risk risks rivals rules sales same scams security
sellers senior several shareholders shares she short should similar similarly since smaller so some
someone soon spokespeople spot stablecoin stablecoins staff stakeholders starting still stocks such
supply supporters support supervisors team teams technology terms than that the their them then there
thereby therefore these they this those though through thus till time to today together token tokens
tokenization tokenized too total trade traders trading traffic transactions transparency trust
two under unlike until up upon us use users usually validators value vendors very via victims volatility
volume volumes voters wallet wallets was we web week weeks were what when where whether which while who
whoever whole whose why will with within without work workers world would year years yes yet you your
additional bond bonds broader cautious clear clearer close continued cross day days decentralized easier
ether faster fees fewer fewer fresh gas greater hackers heavy hours increased initial judges jury large
legal limited lending loan loans month months nation nodes outside parties peer prior pressure profit
proof proposed proper quick regulation regulations relief safe savers share similar simple stock strong
sudden tax taxes third trend upgrade upgrades weak wider wealthy layer smart contract contracts chain
january february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday executive officer president minister founder co-founder
parliament chairman chairwoman director governor secretary spokesman spokeswoman senator commissioner
board committee agency ministry foundation department association council
overview impact says said announces announced adds approves approve acquires acquire launches launch
see read note consider imagine think look watch ask tell let make take come go get keep give help raises raise files file sues sue buys buy sells sell hits hit falls fall rises rise drops drop plans
`
    .trim()
    .split(/\s+/),
)
