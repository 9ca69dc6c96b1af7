using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What <c>--help</c> says beyond names and options: a line to copy, and how a script knows what became of it.</summary>
internal sealed class HelpWithExample(HelpAction usual) : SynchronousCommandLineAction
{
    private const string ExitCodesByDefault =
        "0 good, 1 something failed, 2 a tenant file, a secret or an option is wrong, 3 something is held or was refused";

    /// <summary>Who asks for help cannot know yet what a command needs.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        var ended = usual.Invoke(parsed);
        var output = parsed.InvocationConfiguration.Output;
        foreach (var line in CommandExamples.Of(parsed.CommandResult.Command.Name))
        {
            output.WriteLine($"Example:{Environment.NewLine}  {line}{Environment.NewLine}");
        }

        output.WriteLine($"Exit codes:{Environment.NewLine}  {ExitCodesOf(parsed.CommandResult.Command.Name)}");
        return ended;
    }

    private static string ExitCodesOf(string command) => command switch
    {
        "check" => "0 no error, 1 something cannot be read, 2 a target would refuse the files",
        "drift" => "0 nothing differs, 1 something does, 2 an option is wrong",
        "verify" => "0 all is as it was sealed, 1 something was changed or removed, 2 an option or a secret is wrong",
        "validate" => "0 good, 1 a connection is wrong, 2 a file or a secret is",
        _ => ExitCodesByDefault,
    };
}
