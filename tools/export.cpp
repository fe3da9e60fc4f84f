#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/sweep/tables.hpp>
#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/csv.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <cdnsim/trace/new_file.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::size_t kChunkBytes = 1 << 20;

struct ExportArguments {
  std::string store;
  std::string format = "csv";
  std::string table = "runs";
  std::optional<std::string> output;
  bool is_long = false, is_wide = false, with_times = false;
};

// The shortest text that reads back as the same number, and as one with a fraction.
std::string real_text(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

// No value is an empty field; an empty text is one in quotes.
std::string csv_text(const sweep::Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *whole);
  if (const auto* real = std::get_if<double>(&cell)) return real_text(*real);
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return text->empty() ? "\"\"" : csv_field(*text);
  }
  return {};
}

std::string json_text(const sweep::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return nlohmann::json(*text).dump();
  const std::string number = csv_text(cell);
  return number.empty() ? "null" : number;
}

std::string csv_row(const sweep::Statement& rows) {
  std::string line;
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    line += (i == 0 ? "" : ",") + csv_text(rows.cell(i));
  }
  return line + "\r\n";
}

// Where the text goes: the file is whole or as it was.
class ExportTarget {
 public:
  explicit ExportTarget(const std::optional<std::string>& path) {
    if (path) file_.emplace(*path);
  }
  void add(const std::string& text) {
    text_ += text;
    if (text_.size() >= kChunkBytes) flush();
  }
  void finish() {
    flush();
    if (file_) file_->finish();
  }

 private:
  void flush() {
    if (file_) {
      file_->append(text_.data(), text_.size());
    } else {
      print(text_);
    }
    text_.clear();
  }

  std::optional<NewFile> file_;
  std::string text_;
};

void write_csv(sweep::Statement& rows, ExportTarget& target) {
  std::string header;
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    header += (i == 0 ? "" : ",") + csv_field(rows.column_name(i));
  }
  target.add(header + "\r\n");
  while (rows.step()) target.add(csv_row(rows));
}

void write_json_lines(sweep::Statement& rows, ExportTarget& target) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    keys.push_back((i == 0 ? "{" : ", ") + nlohmann::json(rows.column_name(i)).dump() + ": ");
  }
  while (rows.step()) {
    std::string line;
    for (std::size_t i = 0; i < keys.size(); ++i) line += keys[i] + json_text(rows.cell(i));
    target.add(line + "}\n");
  }
}

int export_store(const ExportArguments& arguments) {
  CDNSIM_REQUIRE_USER(!arguments.is_long || !arguments.is_wide,
                      "give either --long or --wide, not both");
  CDNSIM_REQUIRE_USER(
      arguments.table == "runs" || (!arguments.is_long && !arguments.is_wide),
      fmt::format("--long and --wide are for the table runs, and not for {}", arguments.table));
  const sweep::StoredTables tables(arguments.store);
  const auto shape = arguments.is_long ? sweep::Shape::long_ : sweep::Shape::wide;
  sweep::Statement rows = tables.rows_of(arguments.table, shape, arguments.with_times);
  ExportTarget target(arguments.output);
  if (arguments.format == "csv") {
    write_csv(rows, target);
  } else {
    write_json_lines(rows, target);
  }
  target.finish();
  return kExitDone;
}

void add_options(CLI::App& command, ExportArguments& arguments) {
  command.add_option("STORE", arguments.store, "what cdnsim sweep has filled")
      ->required()
      ->option_text(" ");
  command.add_option("--format", arguments.format, "CSV, or JSON Lines: an object for each row")
      ->option_text("csv|jsonl")
      ->check(one_of_words({"csv", "jsonl"}));
  command.add_option("--table", arguments.table, "which table (runs)")
      ->option_text("runs|metrics|nodes|links|series")
      ->check(one_of_words({"runs", "metrics", "nodes", "links", "series"}));
  command.add_flag("--wide", arguments.is_wide, "runs: a column for each figure (the default)");
  command.add_flag("--long", arguments.is_long, "runs: a row for each figure");
  command.add_flag("--with-times", arguments.with_times,
                   "runs: also wall_s, which differs each time");
  command.add_option("-o,--output", arguments.output, "write there, not to standard output")
      ->type_name("FILE");
}

}  // namespace

void add_store_export(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("export", "Print what a sweep has found, as CSV or JSON Lines");
  const auto arguments = std::make_shared<ExportArguments>();
  add_options(*command, *arguments);
  command->footer(
      "Examples:\n"
      "  cdnsim export memory.sqlite > memory.csv\n"
      "  cdnsim export memory.sqlite --long --format jsonl | jq .metric\n"
      "  cdnsim export memory.sqlite --table links -o links.csv\n"
      "\n"
      "Numbers read back as the same numbers. Rows and columns have one order, whatever order\n"
      "the runs came in, so that equal sweeps give equal bytes.\n");
  command->callback([=, &action] { action = [=] { return export_store(*arguments); }; });
}

}  // namespace cdnsim::tools
