//! Time and memory of graphs of many articles, beside Oxigraph's own bulk loader and rdflib in the same run:
//!
//! ```text
//! cargo bench -p temoin --bench scale -- [--articles 1000,10000,100000] [--load 1000,10000] [--queries DIR]
//!                                        [--rdflib PYTHON] [--out FILE.tsv]
//! ```
//!
//! Each step runs in a process of its own, whose peak memory is read from the kernel (Linux). Articles are
//! invented, see `articles.rs`. Rows of the table: `build` (articles to a graph folder), `load` (folder to a
//! graph in memory, with who is who and what several articles tell), `query` (seconds to the first answer on
//! the loaded graph); and for the numbers that `--load` names `oxigraph` (its bulk loader, the same quads as
//! N-Quads), for the first of them `rdflib` (the same file, parsed). After each size the one before it is
//! built and loaded once more, for the speed of a shared machine changes in the course of a long run.

mod articles;

use oxigraph::io::RdfFormat;
use oxigraph::store::Store;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use temoin::graph::export::{ExportFormat, Facts, export};
use temoin::graph::query::{QueryOptions, ResultFormat};
use temoin::graph::{GraphFolder, GraphOptions};
use temoin::{BuildOptions, Input, Pipeline, Step};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a step of the benchmark is given.
struct Options {
    articles: Vec<usize>,
    load: Vec<usize>,
    queries: PathBuf,
    rdflib: Option<PathBuf>,
    out: Option<PathBuf>,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.first().map(String::as_str) {
        Some("step-build") => step_build(args[1].parse()?, Path::new(&args[2])),
        Some("step-export") => step_export(Path::new(&args[1]), Path::new(&args[2])),
        Some("step-load") => step_load(Path::new(&args[1]), args.get(2).map(Path::new)),
        Some("step-oxigraph") => step_oxigraph(Path::new(&args[1])),
        _ => run(&options(&args)?),
    }
}

fn options(args: &[String]) -> Result<Options> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut o = Options {
        articles: vec![1000],
        load: vec![1000],
        queries: root.join("examples/queries"),
        rdflib: None,
        out: None,
    };
    let mut it = args.iter();
    while let Some(a) = it.next() {
        let value = it.next().ok_or_else(|| format!("{a}: a value is missing"))?;
        match a.as_str() {
            "--articles" => o.articles = value.split(',').map(str::parse).collect::<std::result::Result<_, _>>()?,
            "--load" => o.load = value.split(',').map(str::parse).collect::<std::result::Result<_, _>>()?,
            "--queries" => o.queries = value.into(),
            "--rdflib" => o.rdflib = Some(value.into()),
            "--out" => o.out = Some(value.into()),
            _ => {
                return Err(format!("{a}: unknown; --articles, --load, --queries, --rdflib and --out are known").into());
            }
        }
    }
    Ok(o)
}

/// The whole table.
fn run(o: &Options) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut rows: Vec<String> = Vec::new();
    let mut smaller: Option<usize> = None;
    for &n in &o.articles {
        let graph = dir.path().join(format!("{n}"));
        rows.extend(step(&["step-build", &n.to_string(), path(&graph)?])?);
        if o.load.contains(&n) {
            let quads = dir.path().join("graph.nq");
            rows.extend(step(&["step-export", path(&graph)?, path(&quads)?])?);
            // Twice in turn, so that neither has the warmer cache.
            for _ in 0..2 {
                rows.extend(step(&["step-load", path(&graph)?, path(&o.queries)?])?);
                rows.extend(step(&["step-oxigraph", path(&quads)?])?);
            }
            if let Some(python) = o.rdflib.as_ref().filter(|_| o.load.first() == Some(&n)) {
                rows.extend(rdflib(python, &quads)?);
            }
            std::fs::remove_file(&quads)?;
        } else {
            rows.extend(step(&["step-load", path(&graph)?, path(&o.queries)?])?);
        }
        std::fs::remove_dir_all(&graph)?;
        if let Some(before) = smaller.replace(n) {
            rows.extend(step(&["step-build", &before.to_string(), path(&graph)?])?);
            rows.extend(step(&["step-load", path(&graph)?])?);
            std::fs::remove_dir_all(&graph)?;
        }
    }
    if let Some(out) = &o.out {
        let mut f = BufWriter::new(File::create(out)?);
        for r in &rows {
            writeln!(f, "{r}")?;
        }
        f.flush()?;
    }
    Ok(())
}

fn path(p: &Path) -> Result<&str> {
    p.to_str().ok_or_else(|| "the temporary folder's name is not UTF-8".into())
}

/// Runs a step in a process of its own; gives its rows, which are printed as they come.
fn step(args: &[&str]) -> Result<Vec<String>> {
    let out = Command::new(std::env::current_exe()?).args(args).stderr(Stdio::inherit()).output()?;
    if !out.status.success() {
        return Err(format!("{}: {}", args.join(" "), out.status).into());
    }
    let rows: Vec<String> = String::from_utf8(out.stdout)?.lines().map(str::to_owned).collect();
    rows.iter().for_each(|r| println!("{r}"));
    Ok(rows)
}

/// Peak resident memory of this process in MB; `None` where the kernel does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

fn memory() -> String {
    peak().map_or_else(|| "–".to_owned(), |m| m.to_string())
}

/// Articles to a folder: number, claims, seconds, milliseconds an article, peak memory, bytes on disk.
fn step_build(n: usize, out: &Path) -> Result<()> {
    let start = Instant::now();
    let pipeline = Pipeline::builder().build();
    let options = GraphOptions { base: None, relations: pipeline.relation_infos() };
    let folder = GraphFolder::create_or_open(out, &options)?;
    let inputs = (0..n).map(|i| Input { article: Some(articles::article(i)), diagnostics: Vec::new() });
    let mut claims = 0;
    pipeline.build_into(
        &folder,
        inputs,
        &BuildOptions::default(),
        || false,
        |step| {
            if let Step::Added { analysed, .. } = step {
                claims += analysed.extraction.claims.len();
            }
        },
    )?;
    let seconds = start.elapsed().as_secs_f64();
    let each = 1e3 * seconds / n as f64;
    println!(
        "build\t{n} articles\t{claims} claims\t{seconds:.1} s\t{each:.2} ms an article\t{} MB\t{} MB on disk",
        memory(),
        size(out)? >> 20
    );
    Ok(())
}

fn size(dir: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        sum += if meta.is_dir() { size(&entry.path())? } else { meta.len() };
    }
    Ok(sum)
}

fn step_export(folder: &Path, out: &Path) -> Result<()> {
    let start = Instant::now();
    let folder = GraphFolder::open(folder)?;
    let mut file = BufWriter::new(File::create(out)?);
    let report = export(&folder, ExportFormat::NQuads, Facts::Asserted, &mut file)?;
    file.flush()?;
    let seconds = start.elapsed().as_secs_f64();
    println!("export\t{} quads\t{seconds:.1} s\t{} MB", report.quads, memory());
    Ok(())
}

/// A folder into a graph in memory, and the queries of a folder on it.
fn step_load(folder: &Path, queries: Option<&Path>) -> Result<()> {
    let start = Instant::now();
    let graph = GraphFolder::open(folder)?.load()?;
    let seconds = start.elapsed().as_secs_f64();
    let quads = graph.len();
    println!("load\t{quads} quads\t{seconds:.2} s\t{:.0} quads a second\t{} MB", quads as f64 / seconds, memory());
    let Some(queries) = queries else { return Ok(()) };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(queries)?.map(|e| e.map(|e| e.path())).collect::<std::io::Result<_>>()?;
    files.retain(|p| p.extension().is_some_and(|e| e == "rq"));
    files.sort();
    for file in files {
        let sparql = std::fs::read_to_string(&file)?;
        let mut first = First { start: Instant::now(), seconds: None };
        let answer = graph.query(&sparql, &QueryOptions::default())?;
        let format = match answer.kind() {
            temoin::graph::query::AnswerKind::Triples => ResultFormat::NTriples,
            _ => ResultFormat::Json,
        };
        let rows = answer.write(Some(format), &mut first)?;
        let all = first.start.elapsed().as_secs_f64();
        let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        println!("query\t{name}\t{rows} rows\tfirst {:.3} s\tall {all:.3} s", first.seconds.unwrap_or(all));
    }
    Ok(())
}

/// Notes when the first bytes come.
struct First {
    start: Instant,
    seconds: Option<f64>,
}

impl Write for First {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.seconds.get_or_insert_with(|| self.start.elapsed().as_secs_f64());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The peer: Oxigraph's bulk loader on the same quads.
fn step_oxigraph(quads: &Path) -> Result<()> {
    let start = Instant::now();
    let store = Store::new()?;
    let mut loader = store.bulk_loader();
    loader.load_from_reader(RdfFormat::NQuads, BufReader::new(File::open(quads)?))?;
    loader.commit()?;
    let seconds = start.elapsed().as_secs_f64();
    let n = store.len()?;
    println!("oxigraph\t{n} quads\t{seconds:.2} s\t{:.0} quads a second\t{} MB", n as f64 / seconds, memory());
    Ok(())
}

/// The peer: rdflib, by the Python that has it.
fn rdflib(python: &Path, quads: &Path) -> Result<Vec<String>> {
    let script = "import sys,time,resource,rdflib\n\
                  t=time.perf_counter()\n\
                  g=rdflib.Dataset()\n\
                  g.parse(sys.argv[1],format='nquads')\n\
                  s=time.perf_counter()-t\n\
                  n=len(g)\n\
                  m=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024\n\
                  print(f'rdflib\\t{n} quads\\t{s:.2f} s\\t{n/s:.0f} quads a second\\t{m} MB')";
    let out = Command::new(python).arg("-c").arg(script).arg(quads).stderr(Stdio::inherit()).output()?;
    if !out.status.success() {
        return Err(format!("{}: {}", python.display(), out.status).into());
    }
    let row = String::from_utf8(out.stdout)?.trim().to_owned();
    println!("{row}");
    Ok(vec![row])
}
