#include <string>
#include <string_view>

#include <fmt/format.h>

#include <cdnsim/tools/build_info.hpp>
#include <cdnsim/tools/command_tree.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>

namespace cdnsim::tools {
namespace {

// Text as troff takes it: a dash is a dash, and no line is taken for an order.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (begins_line && (text[i] == '.' || text[i] == '\'')) result += "\\&";
    if (text[i] == '\\') {
      result += "\\e";
    } else if (text[i] == '-') {
      result += "\\-";
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string option_text(const CLI::Option& option) {
  return fmt::format(".TP\n.B {}\n{}\n", escaped(option.get_name(false, true)),
                     escaped(option.get_description()));
}

std::string command_text(const Command& command) {
  std::string text =
      fmt::format(".SS {}\n{}\n", escaped(command.path), escaped(command.app->get_description()));
  for (const CLI::Option* option : command.app->get_options()) text += option_text(*option);
  const std::string footer = command.app->get_footer();
  if (!footer.empty()) text += fmt::format(".PP\n.nf\n{}\n.fi\n", escaped(footer));
  return text;
}

std::string man_page(CLI::App& app) {
  std::string text = fmt::format(
      ".TH CDNSIM 1 \"\" \"cdnsim {}\" \"User Commands\"\n"
      ".SH NAME\ncdnsim \\- simulates whole content delivery networks\n"
      ".SH SYNOPSIS\n.B cdnsim\n.I COMMAND\n[\n.I ARGUMENTS\n]\n"
      ".SH DESCRIPTION\n{}\n.PP\n.nf\n{}\n.fi\n.SH COMMANDS\n",
      version(), escaped(app.get_description()), escaped(app.get_footer()));
  for (const Command& command : commands_of(app)) {
    if (command.app != &app) text += command_text(command);
  }
  return text;
}

}  // namespace

void add_man(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("man", "Print the manual page");
  command->footer("Examples:\n  cdnsim man | man -l -\n");
  command->callback([&app, &action] {
    action = [&app] {
      print(man_page(app));
      return kExitDone;
    };
  });
}

}  // namespace cdnsim::tools
