//! What it takes to examine the largest files, honest and hostile: time, and the most memory the process
//! ever had. `cargo bench -p intake --bench examine`, or as one of `make figures`.
//!
//! Each file is examined in a process of its own, as a function would that has just started.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a measurement prints, and stops where something is not as it should be"
)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use domain::chain::Digest;
use domain::media::MediaType::{self, Csv, Jpeg, Pdf, Png, Xlsx};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageBuffer, Luma, Rgb, Rgba};
use intake::examine::{Announced, Verdict, examine};
use lopdf::{Document, Object, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MIB: usize = 1024 * 1024;
/// Of the 60 seconds that the function may run, the scanner may take 20; S3 and the table take the rest.
const MOST_TIME: Duration = Duration::from_secs(30);
/// Of the 1,769 MB that the function has, the file again, its clients and the runtime need some.
const MOST_MEMORY: usize = 1_500;

/// A file to examine: what it is, its kind, what becomes of it, and how it is made.
type Case = (&'static str, MediaType, &'static str, fn() -> Vec<u8>);

const CASES: [Case; 14] = [
    ("PDF, a scan", Pdf, "clean", || pdf(|_| {}, 19 * MIB)),
    ("JPEG, 48 megapixels with noise", Jpeg, "clean", || {
        photograph(8_000, 6_000)
    }),
    (
        "PNG, a scan with noise",
        Png,
        "clean",
        || png(&noisy_scan()),
    ),
    ("XLSX, 60,000 rows and pictures", Xlsx, "clean", || {
        roster(60_000, 17 * MIB)
    }),
    ("CSV, 100,000 rows", Csv, "clean", table),
    ("PDF, 3.9 million objects", Pdf, "clean", || {
        pdf(
            |file| _ = file.add_object(vec![Object::Integer(0); 3_900_000]),
            0,
        )
    }),
    (
        "PDF, 10,000 pages",
        Pdf,
        "pdf_too_many_pages",
        ten_thousand_pages,
    ),
    ("JPEG, 64 megapixels", Jpeg, "clean", || {
        flat_photograph(8_000, 8_000)
    }),
    ("PNG, 64 megapixels of 16-bit RGBA", Png, "clean", || {
        png(&DynamicImage::ImageRgba16(ImageBuffer::from_pixel(
            8_000,
            8_000,
            Rgba([9, 9, 9, 9]),
        )))
    }),
    ("PNG, 64 megapixels of 1-bit noise", Png, "clean", || {
        png(&halftone())
    }),
    ("XLSX, a million empty rows", Xlsx, "workbook_empty", || {
        workbook(&empty_rows(), "", 0)
    }),
    ("XLSX, 3.9 million styles", Xlsx, "clean", || {
        workbook(
            "<row><c><v>1</v></c></row>",
            &"<xf/>".repeat(3_900_000),
            MIB,
        )
    }),
    ("XLSX, a bomb of 64 MiB", Xlsx, "workbook_too_large", || {
        workbook("", &" ".repeat(64 * MIB), 0)
    }),
    ("CSV, 20 MiB of one cell", Csv, "clean", || {
        vec![b'7'; 20 * MIB]
    }),
];

fn main() {
    if let Ok(file) = std::env::var("EXAMINED") {
        return measure(Path::new(&file));
    }
    let directory = std::env::temp_dir().join(format!("intake-{}", std::process::id()));
    std::fs::create_dir(&directory).unwrap();
    println!(
        "{:36}{:>10}{:>10}{:>10}  verdict",
        "document", "size", "time", "memory"
    );
    for (at, (name, _, expected, make)) in CASES.iter().enumerate() {
        let file = directory.join(at.to_string());
        let bytes = make();
        std::fs::write(&file, &bytes).unwrap();
        let size = bytes.len();
        drop(bytes);
        let examined = Command::new(std::env::current_exe().unwrap())
            .env("EXAMINED", &file)
            .output()
            .unwrap();
        assert!(examined.status.success(), "{name}: {examined:?}");
        let answer = String::from_utf8(examined.stdout).unwrap();
        let [time, memory, verdict] = answer.trim().split('\t').collect::<Vec<_>>()[..] else {
            unreachable!("three values are printed")
        };
        let (time, memory) = (
            Duration::from_millis(time.parse().unwrap()),
            memory.parse::<usize>().unwrap(),
        );
        println!(
            "{name:36}{:>6.1} MiB{:>8.2} s{memory:>7} MB  {verdict}",
            size as f64 / MIB as f64,
            time.as_secs_f64(),
        );
        assert_eq!(verdict, *expected, "{name}");
        assert!(time < MOST_TIME, "{name}: more than {MOST_TIME:?}");
        assert!(memory < MOST_MEMORY, "{name}: more than {MOST_MEMORY} MB");
    }
    std::fs::remove_dir_all(directory).unwrap();
}

/// Examines `file`, which is called by its place among the cases, and prints milliseconds, megabytes and
/// the verdict.
fn measure(file: &Path) {
    let at: usize = file.file_name().unwrap().to_str().unwrap().parse().unwrap();
    let media_type = CASES[at].1;
    let bytes = std::fs::read(file).unwrap();
    let announced = Announced {
        media_type,
        size: bytes.len() as u64,
        sha256: Digest::of(&bytes),
    };
    let begun = Instant::now();
    let verdict = match examine(&announced, &[media_type], &bytes) {
        Verdict::Clean(..) => "clean".to_owned(),
        Verdict::Rejected(reasons) => {
            let codes: Vec<_> = reasons.iter().map(|reason| reason.code()).collect();
            codes.join(", ")
        }
    };
    let elapsed = begun.elapsed();
    println!("{}\t{}\t{verdict}", elapsed.as_millis(), peak_megabytes());
}

fn peak_megabytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: usize = peak
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    kibibytes * 1024 / 1_000_000
}

/// The same bytes at every run, such that nothing compresses them.
fn noise() -> impl FnMut() -> u8 {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    }
}

fn noise_of(length: usize) -> Vec<u8> {
    std::iter::repeat_with(noise()).take(length).collect()
}

/// A PDF of one page with a picture of `picture` bytes, and what `edit` does to it.
fn pdf(edit: impl FnOnce(&mut Document), picture: usize) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let content = file.add_object(Stream::new(dictionary! {}, b"q Q".to_vec()));
    let page = file.add_object(dictionary! { "Type" => "Page", "Contents" => content });
    let pages = file.add_object(dictionary! {
        "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1
    });
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    let image = dictionary! { "Type" => "XObject", "Subtype" => "Image" };
    file.add_object(Stream::new(image, noise_of(picture)));
    edit(&mut file);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

fn ten_thousand_pages() -> Vec<u8> {
    let extend = |file: &mut Document| {
        let page = file.page_iter().next().unwrap();
        let page = file.get_dictionary(page).unwrap().clone();
        let kids: Vec<Object> = (0..10_000)
            .map(|_| file.add_object(page.clone()).into())
            .collect();
        let pages = file
            .catalog()
            .unwrap()
            .get(b"Pages")
            .unwrap()
            .as_reference()
            .unwrap();
        file.get_dictionary_mut(pages).unwrap().set("Kids", kids);
    };
    pdf(extend, 0)
}

/// As a camera writes it: colours that change slowly, with the grain of a sensor.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let mut grain = noise();
    let picture = ImageBuffer::from_fn(width, height, |x, y| {
        Rgb([x / 32, y / 24, (x + y) / 56].map(|base| (base % 200) as u8 + grain() % 16))
    });
    jpeg(&DynamicImage::ImageRgb8(picture), 93)
}

fn flat_photograph(width: u32, height: u32) -> Vec<u8> {
    let picture = ImageBuffer::from_pixel(width, height, Rgb([90_u8, 120, 200]));
    jpeg(&DynamicImage::ImageRgb8(picture), 90)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    picture.write_with_encoder(encoder).unwrap();
    bytes
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(PngEncoder::new(&mut bytes))
        .unwrap();
    bytes
}

fn noisy_scan() -> DynamicImage {
    let mut grain = noise();
    DynamicImage::ImageRgb8(ImageBuffer::from_fn(3_500, 3_500, |_, y| {
        Rgb([y / 20, y / 24, y / 28].map(|base| (base % 200) as u8 + grain() % 8))
    }))
}

fn halftone() -> DynamicImage {
    let mut grain = noise();
    DynamicImage::ImageLuma8(ImageBuffer::from_fn(8_000, 8_000, |_, _| {
        Luma([if grain() < 128 { 0 } else { 255 }])
    }))
}

/// A workbook of one sheet with these rows and styles, and a picture of `picture` bytes.
fn workbook(rows: &str, styles: &str, picture: usize) -> Vec<u8> {
    let relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relationships}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{relationships}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!("<styleSheet xmlns=\"{main}\"><cellXfs>{styles}</cellXfs></styleSheet>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, content) in parts {
        archive.start_file(name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.start_file("xl/media/image1.png", options).unwrap();
    archive.write_all(&noise_of(picture)).unwrap();
    archive.finish().unwrap().into_inner()
}

fn roster(count: u32, picture: usize) -> Vec<u8> {
    let mut rows = String::new();
    for row in 1..=count {
        write!(rows, "<row r=\"{row}\">").unwrap();
        for (column, value) in [
            ("A", row),
            ("B", row.wrapping_mul(2_654_435_761)),
            ("C", row % 97),
        ] {
            write!(rows, "<c r=\"{column}{row}\"><v>{value}</v></c>").unwrap();
        }
        write!(
            rows,
            "<c r=\"D{row}\"><f>SUM(A{row}:C{row})</f><v>1</v></c></row>"
        )
        .unwrap();
    }
    workbook(&rows, "", picture)
}

fn empty_rows() -> String {
    let mut rows = String::new();
    for row in 1..=1_000_000 {
        write!(rows, "<row r=\"{row}\"><c r=\"A{row}\"/></row>").unwrap();
    }
    rows
}

fn table() -> Vec<u8> {
    let row = format!(
        "{},-12.5,+86 351 1234567,{}\r\n",
        "晋A12345",
        "x".repeat(165)
    );
    row.repeat(100_000).into_bytes()
}
