use serde::{Deserialize, Serialize};

use crate::words::Words;

/// Why the examination refuses a file.
///
/// Reasons carry nothing from the file itself, so they can be stored and logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// The file has no bytes.
    FileEmpty,
    /// The file is larger than [`super::MAX_FILE_BYTES`].
    FileTooLarge,
    /// The file has not the announced number of bytes.
    SizeDiffers,
    /// The file has not the announced SHA-256 digest.
    HashDiffers,
    /// The material does not take files of the announced kind.
    FormatNotAccepted,
    /// The content is not of the announced kind.
    NotWhatItSays,
    /// Readers of another kind would open the file too (a polyglot).
    SecondFormat,
    /// The malware scanner found something in the file.
    MalwareFound,
    /// The PDF is cut off or cannot be read.
    PdfDamaged,
    /// The PDF is encrypted, with or without a password to open it.
    PdfEncrypted,
    /// The PDF has no page.
    PdfWithoutPages,
    /// The PDF has more than 500 pages.
    PdfTooManyPages,
    /// The structure of the PDF inflates beyond what can be examined.
    PdfTooComplex,
    /// The PDF holds scripts, an XFA form, rich media, or actions that start programs or send data.
    PdfActiveContent,
    /// The PDF has other files attached.
    PdfAttachment,
    /// The picture is cut off or cannot be decoded.
    PictureDamaged,
    /// The picture has more than 64 million pixels, or more than [`super::MAX_FILE_BYTES`] however it
    /// is written.
    PictureTooLarge,
    /// The workbook is cut off or cannot be read.
    WorkbookDamaged,
    /// The workbook is protected by a password, or in the binary format before 2007.
    WorkbookProtected,
    /// The workbook inflates beyond what can be examined.
    WorkbookTooLarge,
    /// The workbook holds macros or other programs.
    WorkbookMacros,
    /// The workbook takes data from other files or servers, or would send some there.
    WorkbookExternalLinks,
    /// The workbook has other files embedded.
    WorkbookEmbeddedObjects,
    /// No cell of the workbook holds anything.
    WorkbookEmpty,
    /// The text is neither UTF-8 nor GB 18030.
    TableEncoding,
    /// The rows have not all the same number of columns.
    TableUneven,
    /// The table has more than 100,000 rows.
    TableTooLarge,
    /// The table has no row.
    TableEmpty,
    /// Cells of the table are formulas to the programs that open it.
    TableFormulas,
}

impl RejectReason {
    /// Every reason, in the order of declaration.
    pub const ALL: [Self; 29] = [
        Self::FileEmpty,
        Self::FileTooLarge,
        Self::SizeDiffers,
        Self::HashDiffers,
        Self::FormatNotAccepted,
        Self::NotWhatItSays,
        Self::SecondFormat,
        Self::MalwareFound,
        Self::PdfDamaged,
        Self::PdfEncrypted,
        Self::PdfWithoutPages,
        Self::PdfTooManyPages,
        Self::PdfTooComplex,
        Self::PdfActiveContent,
        Self::PdfAttachment,
        Self::PictureDamaged,
        Self::PictureTooLarge,
        Self::WorkbookDamaged,
        Self::WorkbookProtected,
        Self::WorkbookTooLarge,
        Self::WorkbookMacros,
        Self::WorkbookExternalLinks,
        Self::WorkbookEmbeddedObjects,
        Self::WorkbookEmpty,
        Self::TableEncoding,
        Self::TableUneven,
        Self::TableTooLarge,
        Self::TableEmpty,
        Self::TableFormulas,
    ];

    /// A stable code for programs, in `snake_case`; also the JSON form.
    pub const fn code(self) -> &'static str {
        self.texts().0
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// What is wrong and what to do, in both languages.
    pub fn words(self) -> Words {
        Words::new(self.message_zh(), self.message_en())
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
        reason = "a table: one reason, its code and its messages"
    )]
    const fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::FileEmpty => (
                "file_empty",
                "文件为空，请检查后重新上传。",
                "The file is empty. Check it and upload it again.",
            ),
            Self::FileTooLarge => (
                "file_too_large",
                "文件超过20 MB，请压缩或拆分后重新上传。",
                "The file is larger than 20 MiB. Compress or split it and upload it again.",
            ),
            Self::SizeDiffers => (
                "size_differs",
                "收到的文件大小与登记的不一致，可能传输中断，请重新上传。",
                "The file received has not the announced size; the transfer may have broken off. Upload it again.",
            ),
            Self::HashDiffers => (
                "hash_differs",
                "收到的文件内容与登记的不一致，请重新登记并上传。",
                "The file received is not the one announced. Announce it again and upload it.",
            ),
            Self::FormatNotAccepted => (
                "format_not_accepted",
                "该材料不接受此格式，请按办事指南要求的格式上传。",
                "This material does not take this kind of file. Upload one of the kinds the guide names.",
            ),
            Self::NotWhatItSays => (
                "not_what_it_says",
                "文件内容与所选格式不符。仅修改扩展名无效，请另存为所需格式后上传。",
                "The content is not of the chosen kind. Changing the file name is not enough: save it in the required format and upload it.",
            ),
            Self::SecondFormat => (
                "second_format",
                "文件中夹带了另一种格式的文件，请重新导出或重新拍照后上传。",
                "The file carries a file of another kind. Export it or take the picture again and upload it.",
            ),
            Self::MalwareFound => (
                "malware_found",
                "文件中检出恶意代码，已拒收。请对电脑查毒，并从可信来源重新制作文件后上传。",
                "Malware was found in the file. Check your computer, make the file anew from a source you trust and upload it.",
            ),
            Self::PdfDamaged => (
                "pdf_damaged",
                "PDF 文件不完整或已损坏，请重新导出或扫描后上传。",
                "The PDF is cut off or damaged. Export or scan it again and upload it.",
            ),
            Self::PdfEncrypted => (
                "pdf_encrypted",
                "PDF 文件已加密或设有权限保护，请取消保护后上传。",
                "The PDF is encrypted or protected. Remove the protection and upload it again.",
            ),
            Self::PdfWithoutPages => (
                "pdf_without_pages",
                "PDF 文件没有页面，请重新导出后上传。",
                "The PDF has no page. Export it again and upload it.",
            ),
            Self::PdfTooManyPages => (
                "pdf_too_many_pages",
                "PDF 文件超过500页，请仅上传所需部分或拆分后上传。",
                "The PDF has more than 500 pages. Upload the part that is needed, or split it.",
            ),
            Self::PdfTooComplex => (
                "pdf_too_complex",
                "PDF 文件结构过于复杂，请用“打印为 PDF”重新生成后上传。",
                "The PDF is too complex to be examined. Make it anew with \"print to PDF\" and upload it.",
            ),
            Self::PdfActiveContent => (
                "pdf_active_content",
                "PDF 文件含有脚本、动态表单或可执行动作，请用“打印为 PDF”重新生成后上传。",
                "The PDF holds scripts, a dynamic form or actions. Make it anew with \"print to PDF\" and upload it.",
            ),
            Self::PdfAttachment => (
                "pdf_attachment",
                "PDF 文件带有附件，请去除附件（可用“打印为 PDF”重新生成）后上传。",
                "The PDF has files attached. Remove them, for example with \"print to PDF\", and upload it again.",
            ),
            Self::PictureDamaged => (
                "picture_damaged",
                "图片不完整或已损坏，请重新拍照或扫描后上传。",
                "The picture is cut off or damaged. Take or scan it again and upload it.",
            ),
            Self::PictureTooLarge => (
                "picture_too_large",
                "图片超过6400万像素或无法存为20 MB以内，请降低分辨率后上传。",
                "The picture has more than 64 million pixels, or cannot be kept within 20 MiB. Reduce its resolution and upload it again.",
            ),
            Self::WorkbookDamaged => (
                "workbook_damaged",
                "工作簿不完整或已损坏，请重新另存为 .xlsx 后上传。",
                "The workbook is cut off or damaged. Save it as .xlsx again and upload it.",
            ),
            Self::WorkbookProtected => (
                "workbook_protected",
                "工作簿设有打开密码或为旧版 .xls 格式，请取消密码并另存为 .xlsx 后上传。",
                "The workbook needs a password or is in the old .xls format. Remove the password, save it as .xlsx and upload it.",
            ),
            Self::WorkbookTooLarge => (
                "workbook_too_large",
                "工作簿展开后过大，请删除多余的工作表、空白格式和图片后上传。",
                "The workbook is too large when unpacked. Remove spare sheets, empty formatting and pictures and upload it again.",
            ),
            Self::WorkbookMacros => (
                "workbook_macros",
                "工作簿含有宏或程序控件，请另存为不含宏的 .xlsx 后上传。",
                "The workbook holds macros or controls. Save it as .xlsx without macros and upload it.",
            ),
            Self::WorkbookExternalLinks => (
                "workbook_external_links",
                "工作簿引用了其他文件、网址或数据源（外部链接，或 WEBSERVICE、HYPERLINK 等公式），请断开链接、仅保留数值后上传。",
                "The workbook reaches other files or servers by links or formulas such as WEBSERVICE or HYPERLINK. Break the links, keep the values and upload it again.",
            ),
            Self::WorkbookEmbeddedObjects => (
                "workbook_embedded_objects",
                "工作簿嵌入了其他文件，请删除嵌入对象后上传。",
                "The workbook has other files embedded. Remove them and upload it again.",
            ),
            Self::WorkbookEmpty => (
                "workbook_empty",
                "工作簿没有任何内容，请填写后上传。",
                "The workbook holds nothing. Fill it in and upload it.",
            ),
            Self::TableEncoding => (
                "table_encoding",
                "CSV 文件编码无法识别，请另存为 UTF-8 编码的 CSV 后上传。",
                "The encoding of the CSV file is unknown. Save it as CSV in UTF-8 and upload it.",
            ),
            Self::TableUneven => (
                "table_uneven",
                "CSV 各行列数不一致，请检查逗号和引号后上传。",
                "The rows of the CSV file differ in their number of columns. Check commas and quotation marks and upload it again.",
            ),
            Self::TableTooLarge => (
                "table_too_large",
                "CSV 超过10万行，请拆分后上传。",
                "The CSV file has more than 100,000 rows. Split it and upload the parts.",
            ),
            Self::TableEmpty => (
                "table_empty",
                "CSV 没有任何数据行，请填写后上传。",
                "The CSV file has no row. Fill it in and upload it.",
            ),
            Self::TableFormulas => (
                "table_formulas",
                "CSV 中有单元格是公式（以“=”开头，或以“+”“-”“@”开头并调用函数），请仅保留数值后上传。",
                "Cells of the CSV file are formulas: they begin with =, or with +, - or @ and call a function. Keep only the values and upload it again.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_stored_by_its_code_and_speaks_both_languages() {
        for reason in RejectReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
            assert!(reason.message_zh().ends_with('。'));
            assert!(reason.message_en().ends_with('.'));
        }
    }

    #[test]
    fn no_two_reasons_share_a_code() {
        let codes: std::collections::BTreeSet<_> = RejectReason::ALL
            .into_iter()
            .map(RejectReason::code)
            .collect();
        assert_eq!(codes.len(), RejectReason::ALL.len());
    }
}
