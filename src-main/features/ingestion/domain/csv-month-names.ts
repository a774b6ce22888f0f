/** Names and abbreviations of the months in en de fr es it nl pt ro pl cs sk sv da no fi hu ru uk tr el lt. */
const MONTH_WORDS: readonly string[] = [
  'january jan januar jänner jän janvier janv enero ene gennaio gen januari janeiro ianuarie ian stycznia styczeń sty ledna leden led januára január tammikuu tammikuuta tammi января январь янв січня січ ocak oca ιανουαρίου ιαν sausio saus',
  'february feb februar février févr fév fevr fev febrero febbraio febbr februari fevereiro februarie lutego luty lut února únor úno februára február helmikuu helmikuuta helmi febr февраля февраль фев лютого лют şubat şub φεβρουαρίου φεβ vasario vas',
  'march mar marz märz mär mrz mars marzo maart mrt março martie marca marzec března březen bře marec maaliskuu maaliskuuta maalis március márc марта март мар березня бер mart μαρτίου μάρ kovo kov',
  'april apr avril avr abril abr aprile aprilie kwietnia kwiecień kwi dubna duben dub apríla apríl huhtikuu huhtikuuta huhti április ápr апреля апрель апр квітня кві nisan nis απριλίου απρ balandžio bal',
  'may mai mayo maggio mag mei maio maja maj května květen kvě mája máj toukokuu toukokuuta touko május мая май травня тра mayıs may μαΐου μάι gegužės geg',
  'june jun juni juin junio giugno giu junho iunie iun czerwca czerwiec cze června červen čvn júna jún kesäkuu kesäkuuta kesä június июня июнь июн червня чер haziran haz ιουνίου ιουν birželio bir',
  'july jul juli juillet juil julio luglio lug julho iulie iul lipca lipiec lip července červenec čvc júla júl heinäkuu heinäkuuta heinä július июля июль июл липня лип temmuz tem ιουλίου ιουλ liepos lie',
  'august aug août aou agosto ago augustus sierpnia sierpień sie srpna srpen srp augusta elokuu elokuuta elo augusti augusztus августа август авг серпня сер ağustos ağu αυγούστου αυγ rugpjūčio rgp',
  'september sep sept septembre septiembre settembre sett set setembro septembrie września wrzesień wrz září zář septembra syyskuu syyskuuta syys szeptember szept сентября сентябрь сен сент вересня вер eylül eyl σεπτεμβρίου σεπ rugsėjo rgs',
  'october oct oktober okt octobre octubre ottobre ott outubro out octombrie października październik paź října říjen říj októbra október lokakuu lokakuuta loka октября октябрь окт жовтня жов ekim eki οκτωβρίου οκτ spalio spa',
  'november nov novembre noviembre novembro noiembrie noi listopada listopad lis novembra marraskuu marraskuuta marras ноября ноябрь ноя нояб листопада лис kasım kas νοεμβρίου νοε lapkričio lap',
  'december dec dezember dez décembre déc diciembre dic dicembre desember des dezembro decembrie grudnia grudzień gru prosince prosinec pro decembra joulukuu joulukuuta joulu декабря декабрь дек грудня гру aralık ara δεκεμβρίου δεκ gruodžio grd',
];

const plain = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i');

const MONTHS = new Map<string, number>();
MONTH_WORDS.forEach((words, index) => {
  for (const word of words.split(' ')) if (!MONTHS.has(plain(word))) MONTHS.set(plain(word), index + 1);
});

/** The month (1–12) a word names, 0 for none. Case and accents do not matter. */
export const monthNamed = (word: string): number => MONTHS.get(plain(word)) ?? 0;
