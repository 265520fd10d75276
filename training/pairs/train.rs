//! Trains the small models of `src/syntax` and `src/stance`. Seeded; the features are the library's own.
//!
//!     pairs_train grammar SILVER.tsv OUT_DIR      # tagger and parser, from `silver.py`'s rows
//!     pairs_train tables SHARED OUT_DIR         # word tables, from the shared lexicons
//!     pairs_train claims LABELLED SHARED GRAMMAR_DIR OUT_DIR RARE   # the stance models, of features that RARE decisions have; dev is only looked at
//!     pairs_train candidates MODEL < TEXTS > OUT      # what a model's small parts see in texts, one JSON line each
//!     pairs_train shrink MODEL OUT_DIR < TEXTS    # the same models in fewer bits, by what matters in texts

mod candidates;
mod claims;
mod directed;
mod gold;
mod grammar;
mod logistic;
mod perceptron;
mod shrink;
mod tables;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["grammar", silver, out] => grammar::train(silver, out),
        ["claims", labelled, shared, grammar, out, rare] => {
            claims::train(labelled, shared, grammar, out, rare.parse().expect("a number"))
        }
        ["candidates", model] => {
            let model =
                standpoint::model::Model::from_bytes(std::fs::read(model).expect("model")).expect("model");
            let weights = model.stance().expect("pairs");
            candidates::texts(
                weights,
                std::io::stdin().lock(),
                std::io::BufWriter::new(std::io::stdout().lock()),
            );
        }
        ["shrink", model, out] => shrink::shrink(model, out),
        ["tables", shared, out] => tables::make(shared, out),
        _ => panic!("see the comment at the top of training/pairs/train.rs"),
    }
}
