#include <memory>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cdnsim/tools/arguments.hpp>
#include <cdnsim/tools/command_tree.hpp>
#include <cdnsim/tools/commands.hpp>
#include <cdnsim/tools/output_file.hpp>

namespace cdnsim::tools {
namespace {

// What may follow an option, by the command and the option.
std::string option_cases(const std::vector<Command>& commands) {
  std::string cases;
  for (const Command& command : commands) {
    for (const CLI::Option* option : command.app->get_options()) {
      const std::vector<std::string> words = words_of(*option);
      if (words.empty() || option->get_positional()) continue;
      cases += fmt::format("    \"{}:--{}\") words=\"{}\" ;;\n", command.path,
                           option->get_lnames().front(), fmt::join(words, " "));
    }
  }
  return cases;
}

// What else a command takes: options behind a dash, otherwise commands below it or words.
std::string command_cases(const std::vector<Command>& commands) {
  std::string cases;
  for (const Command& command : commands) {
    std::vector<std::string> words = command.subcommands();
    for (const CLI::Option* option : command.app->get_options()) {
      if (!option->get_positional()) continue;
      for (const std::string& word : words_of(*option)) words.push_back(word);
    }
    cases += fmt::format("    \"{}\") words=\"{}\" options=\"{}\" ;;\n", command.path,
                         fmt::join(words, " "), fmt::join(command.option_names(), " "));
  }
  return cases;
}

std::string bash_completion(CLI::App& app) {
  const std::vector<Command> commands = commands_of(app);
  std::vector<std::string> paths;
  for (const Command& command : commands) paths.push_back('"' + command.path + '"');
  std::string text =
      "# Completion of cdnsim for bash. In ~/.bashrc: source <(cdnsim completion bash)\n"
      "_cdnsim() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
      "  local command=cdnsim words= options= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$command ${COMP_WORDS[i]}\" in\n";
  text += fmt::format("    {}) command+=\" ${{COMP_WORDS[i]}}\" ;;\n", fmt::join(paths, " | "));
  text +=
      "    esac\n"
      "  done\n"
      "  case $command in\n" +
      command_cases(commands) +
      "  esac\n"
      "  case $word in -*) words=$options ;; esac\n"
      "  case $command:$before in\n" +
      option_cases(commands) +
      "  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "}\n"
      "complete -o default -F _cdnsim cdnsim\n";
  return text;
}

}  // namespace

void add_completion(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("completion", "Print what makes the shell complete command lines");
  const auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash")
      ->required()
      ->option_text(" ")
      ->check(one_of_words({"bash"}));
  command->footer(
      "Examples:\n"
      "  cdnsim completion bash > ~/.local/share/bash-completion/completions/cdnsim\n");
  command->callback([&app, &action] {
    action = [&app] {
      print(bash_completion(app));
      return kExitDone;
    };
  });
}

}  // namespace cdnsim::tools
