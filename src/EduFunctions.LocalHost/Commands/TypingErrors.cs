using System.CommandLine;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What is said to whoever typed something that no command takes: what it is, what may have been meant, and where the rest stands.</summary>
internal static partial class TypingErrors
{
    private const int MostMistyped = 3;

    public static int Tell(ParseResult parsed, TextWriter errors)
    {
        var command = parsed.CommandResult.Command;
        foreach (var sentence in Sentences(parsed, command).Distinct())
        {
            errors.WriteLine(sentence);
        }

        errors.WriteLine($"More: {string.Join(' ', Path(command).Append("--help"))}");

        // Of check the usual code says that a target would refuse the files.
        return command.Name == "check" ? ExitCodes.Failed : ExitCodes.BadConfiguration;
    }

    private static IEnumerable<string> Sentences(ParseResult parsed, Command command) =>
        parsed.UnmatchedTokens is [var stranger, ..] ? [Unknown(command, stranger)] : parsed.Errors.Select(error => Sentence(command, error.Message));

    private static string Unknown(Command command, string stranger)
    {
        var option = stranger.Split('=')[0];
        return (IsOption: stranger.StartsWith('-'), HasCommands: command.Subcommands.Count > 0) switch
        {
            (false, true) => $"There is no command \"{stranger}\"{Nearest(stranger, command.Subcommands.Select(known => known.Name))}",
            (false, false) => $"{command.Name} takes no \"{stranger}\": what it is given stands behind an option.",
            (true, false) when command.Options.Any(own => own.Name == option) => $"{option} goes behind the name of a command.",
            (true, true) => $"There is no option {option}, and a command comes first.",
            (true, false) => $"{command.Name} has no option {option}{Nearest(option, command.Options.Select(known => known.Name))}",
        };
    }

    private static string Nearest(string typed, IEnumerable<string> known)
    {
        var nearest = known.MinBy(each => Spelling.Distance(each, typed));
        return nearest is not null && Spelling.Distance(nearest, typed) <= Math.Min(MostMistyped, typed.Length / 2) ? $". Did you mean {nearest}?" : ".";
    }

    /// <summary>The library's own sentences where they are as good.</summary>
    private static string Sentence(Command command, string message) =>
        NoValue().Match(message) is { Success: true } without ? $"{without.Groups[1].Value} needs a value."
        : NoOption().Match(message) is { Success: true } missing ? Missing(command, missing.Groups[1].Value)
        : NoArgument().IsMatch(message) ? $"{command.Name} needs {string.Join(' ', command.Arguments.Select(argument => argument.Name.ToUpperInvariant()))}."
        : NoKind().Match(message) is { Success: true } kind ? $"{kind.Groups[2].Value} must be {Kind(kind.Groups[3].Value)}, not \"{kind.Groups[1].Value}\"."
        : Blanks().Replace(message, " ");

    private static string Missing(Command command, string option) =>
        $"{command.Name} needs {option}: {command.Options.FirstOrDefault(known => known.Name == option)?.Description}";

    private static string Kind(string type) => type switch
    {
        "System.Int32" => "a whole number",
        "System.Boolean" => "true or false",
        _ => "something else",
    };

    private static IEnumerable<string> Path(Command command) => command is RootCommand ? [] : command.Parents.OfType<Command>().SelectMany(Path).Append(command.Name);

    [GeneratedRegex("^Required argument missing for option: '(.+)'\\.$")]
    private static partial Regex NoValue();

    [GeneratedRegex("^Option '(.+)' is required\\.$")]
    private static partial Regex NoOption();

    [GeneratedRegex("^Required argument missing for command: '.+'\\.$")]
    private static partial Regex NoArgument();

    [GeneratedRegex("^Cannot parse argument '(.*)' for option '(.+)' as expected type '(.+)'\\.$")]
    private static partial Regex NoKind();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
