/// A part of a year that is written in the place of a month: codes 21–41 (EDTF level 1
/// "Seasons", level 2 "Sub-year groupings").
///
/// The standard leaves open on which days seasons begin. Here every season is the meteorological one, three whole
/// months: astronomical seasons begin on days that vary with year and zone, and no news item that
/// writes "spring" means a day. Seasons of unstated hemisphere, 21–24, are read as northern. A winter belongs to the
/// year it begins in: that keeps 21, 22, 23, 24 in order of time within a year, as the codes are.
public enum YearPart: Int, Hashable, Sendable, CaseIterable {
  /// Spring, hemisphere not stated: March–May.
  case spring = 21
  /// Summer, hemisphere not stated: June–August.
  case summer = 22
  /// Autumn, hemisphere not stated: September–November.
  case autumn = 23
  /// Winter, hemisphere not stated: December to February of the next year.
  case winter = 24
  /// Northern spring: March–May.
  case northernSpring = 25
  /// Northern summer: June–August.
  case northernSummer = 26
  /// Northern autumn: September–November.
  case northernAutumn = 27
  /// Northern winter: December to February of the next year.
  case northernWinter = 28
  /// Southern spring: September–November.
  case southernSpring = 29
  /// Southern summer: December to February of the next year.
  case southernSummer = 30
  /// Southern autumn: March–May.
  case southernAutumn = 31
  /// Southern winter: June–August.
  case southernWinter = 32
  /// January–March.
  case firstQuarter = 33
  /// April–June.
  case secondQuarter = 34
  /// July–September.
  case thirdQuarter = 35
  /// October–December.
  case fourthQuarter = 36
  /// January–April.
  case firstQuadrimester = 37
  /// May–August.
  case secondQuadrimester = 38
  /// September–December.
  case thirdQuadrimester = 39
  /// January–June.
  case firstHalf = 40
  /// July–December.
  case secondHalf = 41

  /// The first month, 1–12.
  public var firstMonth: Int {
    switch self {
    case .firstQuarter, .firstQuadrimester, .firstHalf: 1
    case .spring, .northernSpring, .southernAutumn: 3
    case .secondQuarter: 4
    case .secondQuadrimester: 5
    case .summer, .northernSummer, .southernWinter: 6
    case .thirdQuarter, .secondHalf: 7
    case .autumn, .northernAutumn, .southernSpring, .thirdQuadrimester: 9
    case .fourthQuarter: 10
    case .winter, .northernWinter, .southernSummer: 12
    }
  }

  /// How many months the part has. From `firstMonth` on they may reach into the next year.
  public var monthCount: Int {
    switch rawValue {
    case 37...39: 4
    case 40...41: 6
    default: 3
    }
  }

  /// Which kind of part it is.
  public var precision: Precision {
    switch rawValue {
    case 33...36: .quarter
    case 37...39: .quadrimester
    case 40...41: .halfYear
    default: .season
    }
  }

  /// The least EDTF level that has the code: 1 for 21–24, else 2.
  public var level: Int { rawValue <= 24 ? 1 : 2 }
}
