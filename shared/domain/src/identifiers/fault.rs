use std::fmt;

use serde::Serialize;

/// Why a value is not the identifier it should be.
///
/// Faults never carry the value: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentifierFault {
    /// A unified social credit code that has not 18 characters.
    UsccLength,
    /// A character outside the 31 of GB 32100-2015 (no I, O, S, V, Z).
    UsccCharacter,
    /// Positions 3 to 8, the region of the registering authority, are not all digits.
    UsccRegion,
    /// Position 17, the check character of the organisation code (GB 11714), is wrong. Refused by
    /// [`super::Uscc::parse_strict`] only.
    UsccOrganisationCode,
    /// Position 18, the check character of the whole code, is wrong.
    UsccCheckCharacter,
    /// A resident identity number that has not 18 characters.
    ResidentIdLength,
    /// A number of 15 digits: first-generation cards are void since 2013.
    ResidentIdFirstGeneration,
    /// Not 17 digits followed by a digit or X.
    ResidentIdCharacter,
    /// The first two digits are no province.
    ResidentIdProvince,
    /// Positions 7 to 14 are no date of the calendar.
    ResidentIdBirthDate,
    /// The birth date lies in the future.
    ResidentIdBirthInFuture,
    /// The check character (GB 11643-1999) is wrong.
    ResidentIdCheckCharacter,
    /// A plate with too few or too many characters for its kind.
    PlateLength,
    /// The first character is no abbreviation of a province.
    PlateProvince,
    /// The second character is no letter of an issuing authority.
    PlateAuthority,
    /// The serial holds what no serial holds: I, O or something that is neither letter nor digit.
    PlateSerial,
    /// Eight characters that fit neither pattern of new-energy plates.
    PlateNewEnergy,
    /// 港 and 澳 plates are issued as 粤Z only.
    PlateCrossBorder,
    /// A temporary plate, which no pass or record can name.
    PlateTemporary,
    /// A VIN that has not 17 characters.
    VinLength,
    /// A character outside digits and letters without I, O, Q.
    VinCharacter,
    /// Position 9, the check character (GB 16735), is wrong. [`super::Vin::parse`] refuses it for
    /// vehicles made in China only.
    VinCheckCharacter,
    /// Position 10 is no model year; checked for vehicles made in China only.
    VinModelYear,
    /// The last four characters are not digits.
    VinSerial,
    /// A mobile number that has not 11 digits.
    MobileNumberLength,
    /// A mobile number with something else than digits.
    MobileNumberCharacter,
    /// The number does not begin with 13 to 19.
    MobileNumberSegment,
    /// A landline: it begins with the 0 of an area code.
    MobileNumberLandline,
    /// A 13-digit number of a machine, where nobody answers.
    MobileNumberMachine,
}

/// What an officer should look at in an identifier that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierWarning {
    /// Position 17 of a unified social credit code breaks GB 11714, as some older codes do.
    UsccOrganisationCode,
    /// Position 9 of the VIN of an imported vehicle breaks GB 16735; some markets have no such rule.
    VinCheckCharacter,
}

impl IdentifierFault {
    /// A stable code for programs, in `snake_case`, beginning with the identifier it is about.
    pub const fn code(self) -> &'static str {
        self.texts().0
    }

    /// What is wrong and what to do, in Chinese.
    pub const fn message_zh(self) -> &'static str {
        self.texts().1
    }

    /// What is wrong and what to do, in English.
    pub const fn message_en(self) -> &'static str {
        self.texts().2
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a table: one fault, its code and its messages"
    )]
    const fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::UsccLength => (
                "uscc_length",
                "统一社会信用代码应为18位，请对照营业执照重新填写。",
                "A unified social credit code has 18 characters. Enter it again from the business licence.",
            ),
            Self::UsccCharacter => (
                "uscc_character",
                "统一社会信用代码只含数字和大写字母，且不使用 I、O、S、V、Z；请检查是否把数字误作字母。",
                "A unified social credit code has digits and capital letters without I, O, S, V, Z. Check whether a digit was entered as a letter.",
            ),
            Self::UsccRegion => (
                "uscc_region",
                "统一社会信用代码第3至8位（登记机关行政区划码）应为数字，请对照营业执照重新填写。",
                "Positions 3 to 8 of the unified social credit code (region of the registering authority) must be digits. Enter it again from the business licence.",
            ),
            Self::UsccOrganisationCode => (
                "uscc_organisation_code",
                "统一社会信用代码第17位（组织机构代码校验码）不符，请对照营业执照核对。",
                "Position 17 of the unified social credit code (check character of the organisation code) does not fit. Compare it with the business licence.",
            ),
            Self::UsccCheckCharacter => (
                "uscc_check_character",
                "统一社会信用代码校验不通过，至少有一位填错，请对照营业执照逐位核对。",
                "The check character of the unified social credit code does not fit: at least one character is wrong. Compare it with the business licence character by character.",
            ),
            Self::ResidentIdLength => (
                "resident_id_length",
                "公民身份号码应为18位，请对照居民身份证重新填写。",
                "A resident identity number has 18 characters. Enter it again from the identity card.",
            ),
            Self::ResidentIdFirstGeneration => (
                "resident_id_first_generation",
                "15位号码的第一代居民身份证自2013年起停止使用，请填写18位公民身份号码。",
                "15-digit numbers of first-generation cards are void since 2013. Enter the 18-character number of the current card.",
            ),
            Self::ResidentIdCharacter => (
                "resident_id_character",
                "公民身份号码前17位应为数字，末位为数字或 X，请对照居民身份证重新填写。",
                "A resident identity number is 17 digits and then a digit or X. Enter it again from the identity card.",
            ),
            Self::ResidentIdProvince => (
                "resident_id_province",
                "公民身份号码前两位不是有效的省级代码，请核对；持其他证件的，请选择相应证件类型。",
                "The first two digits of the resident identity number are no province. Check them; holders of another document choose its type instead.",
            ),
            Self::ResidentIdBirthDate => (
                "resident_id_birth_date",
                "公民身份号码第7至14位不是有效的出生日期，请对照居民身份证核对。",
                "Positions 7 to 14 of the resident identity number are no valid birth date. Compare them with the identity card.",
            ),
            Self::ResidentIdBirthInFuture => (
                "resident_id_birth_in_future",
                "公民身份号码中的出生日期晚于今天，请对照居民身份证核对。",
                "The birth date in the resident identity number lies in the future. Compare it with the identity card.",
            ),
            Self::ResidentIdCheckCharacter => (
                "resident_id_check_character",
                "公民身份号码校验不通过，至少有一位填错，请对照居民身份证逐位核对。",
                "The check character of the resident identity number does not fit: at least one digit is wrong. Compare it with the identity card digit by digit.",
            ),
            Self::PlateLength => (
                "plate_length",
                "号牌号码位数不对：普通号牌7位，新能源号牌8位；请对照行驶证重新填写。",
                "The plate has the wrong number of characters: ordinary plates have 7, new-energy plates 8. Enter it again from the vehicle licence.",
            ),
            Self::PlateProvince => (
                "plate_province",
                "号牌号码第一位应为省、自治区、直辖市简称（如“晋”），请核对。",
                "A plate begins with the abbreviation of a province, such as 晋. Check the first character.",
            ),
            Self::PlateAuthority => (
                "plate_authority",
                "号牌号码第二位应为发牌机关代号字母（不使用 I），请核对。",
                "The second character of a plate is the letter of the issuing authority (never I). Check it.",
            ),
            Self::PlateSerial => (
                "plate_serial",
                "号牌序号只含数字和大写字母，且不使用 I、O；请检查是否把数字 1、0 误作字母。",
                "The serial of a plate has digits and capital letters without I and O. Check whether 1 or 0 was entered as a letter.",
            ),
            Self::PlateNewEnergy => (
                "plate_new_energy",
                "8位号牌须为新能源号牌：小型车为字母加后四位数字，大型车为五位数字加字母；请对照行驶证核对。",
                "A plate of 8 characters must be a new-energy plate: small vehicles have a class letter and end with four digits, large ones have five digits and a class letter. Compare it with the vehicle licence.",
            ),
            Self::PlateCrossBorder => (
                "plate_cross_border",
                "港、澳入出境车辆号牌以“粤Z”开头，请核对。",
                "Cross-border plates ending with 港 or 澳 begin with 粤Z. Check the first two characters.",
            ),
            Self::PlateTemporary => (
                "plate_temporary",
                "临时行驶车号牌不能用于办理，请在领取正式号牌后填写正式号牌号码。",
                "A temporary plate cannot be used here. Enter the permanent plate once it is issued.",
            ),
            Self::VinLength => (
                "vin_length",
                "车辆识别代号应为17位，请对照行驶证重新填写。",
                "A VIN has 17 characters. Enter it again from the vehicle licence.",
            ),
            Self::VinCharacter => (
                "vin_character",
                "车辆识别代号只含数字和大写字母，且不使用 I、O、Q；请检查是否把数字 1、0 误作字母。",
                "A VIN has digits and capital letters without I, O, Q. Check whether 1 or 0 was entered as a letter.",
            ),
            Self::VinCheckCharacter => (
                "vin_check_character",
                "车辆识别代号校验不通过，至少有一位填错，请对照行驶证逐位核对。",
                "The check character of the VIN does not fit: at least one character is wrong. Compare it with the vehicle licence character by character.",
            ),
            Self::VinModelYear => (
                "vin_model_year",
                "车辆识别代号第10位（车型年份）无效，请对照行驶证核对。",
                "Position 10 of the VIN is no model year. Compare it with the vehicle licence.",
            ),
            Self::VinSerial => (
                "vin_serial",
                "车辆识别代号最后四位应为数字，请对照行驶证核对。",
                "The last four characters of a VIN are digits. Compare them with the vehicle licence.",
            ),
            Self::MobileNumberLength => (
                "mobile_number_length",
                "手机号码应为11位数字，请重新填写。",
                "A mobile number has 11 digits. Enter it again.",
            ),
            Self::MobileNumberCharacter => (
                "mobile_number_character",
                "手机号码只含数字，请检查是否误填了字母或符号。",
                "A mobile number has digits only. Check for a letter or a sign among them.",
            ),
            Self::MobileNumberSegment => (
                "mobile_number_segment",
                "手机号码应以13至19开头，请核对。",
                "A mobile number begins with 13 to 19. Check the first two digits.",
            ),
            Self::MobileNumberLandline => (
                "mobile_number_landline",
                "这是固定电话号码，请填写手机号码；固定电话请填在固定电话栏。",
                "This is a landline. Enter a mobile number here and the landline in its own field.",
            ),
            Self::MobileNumberMachine => (
                "mobile_number_machine",
                "这是物联网卡号码，无法联系到人，请填写本人使用的11位手机号码。",
                "This is the number of a machine, where nobody answers. Enter the 11-digit mobile number of a person.",
            ),
        }
    }
}

impl fmt::Display for IdentifierFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message_en())
    }
}

impl std::error::Error for IdentifierFault {}

impl IdentifierWarning {
    /// A stable code for programs, in `snake_case`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UsccOrganisationCode => "uscc_organisation_code",
            Self::VinCheckCharacter => "vin_check_character",
        }
    }

    /// What to look at, in Chinese.
    pub const fn message_zh(self) -> &'static str {
        match self {
            Self::UsccOrganisationCode => {
                "统一社会信用代码第17位不符合组织机构代码校验规则，请对照登记信息核实。"
            }
            Self::VinCheckCharacter => {
                "进口车辆的车辆识别代号第9位不符合我国校验规则，请对照行驶证或进口证明核实。"
            }
        }
    }

    /// What to look at, in English.
    pub const fn message_en(self) -> &'static str {
        match self {
            Self::UsccOrganisationCode => {
                "Position 17 of the unified social credit code breaks the rule of the organisation code. Verify it against the register."
            }
            Self::VinCheckCharacter => {
                "Position 9 of the imported vehicle's VIN breaks the Chinese check rule. Verify it against the vehicle licence or the import papers."
            }
        }
    }
}
