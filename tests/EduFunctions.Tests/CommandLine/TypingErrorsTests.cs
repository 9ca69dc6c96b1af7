using System.CommandLine;
using System.CommandLine.Invocation;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>Whoever mistypes is told in a sentence, with what may have been meant, and a script by the exit code.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TypingErrorsTests
{
    [Theory]
    [InlineData("rnus --tenant nordhamn", "There is no command \"rnus\". Did you mean runs?", "--help")]
    [InlineData("frobnicate", "There is no command \"frobnicate\".", "--help")]
    [InlineData("--storage x held", "--storage goes behind the name of a command.", "held --help")]
    [InlineData("--frob", "There is no option --frob, and a command comes first.", "--help")]
    [InlineData("alarms tset x.json", "There is no command \"tset\". Did you mean test?", "alarms --help")]
    [InlineData("runs --tenat nordhamn", "runs has no option --tenat. Did you mean --tenant?", "runs --help")]
    [InlineData("runs --tenat=nordhamn", "runs has no option --tenat. Did you mean --tenant?", "runs --help")]
    [InlineData("runs --frobnicate", "runs has no option --frobnicate.", "runs --help")]
    [InlineData("runs nordhamn", "runs takes no \"nordhamn\": what it is given stands behind an option.", "runs --help")]
    [InlineData("runs", "runs needs --tenant: The tenant's id.", "runs --help")]
    [InlineData("runs --tenant", "--tenant needs a value.", "runs --help")]
    [InlineData("runs --tenant a --last many", "--last must be a whole number, not \"many\".", "runs --help")]
    [InlineData("runs --tenant a --last -3", "--last must be 1 or more.", "runs --help")]
    [InlineData("acts --tenant a --last 0", "--last must be 1 or more.", "acts --help")]
    [InlineData("demo --serve=perhaps", "demo takes no \"perhaps\": what it is given stands behind an option.", "demo --help")]
    [InlineData("init --from nordhamn", "init needs FILE.", "init --help")]
    [InlineData("validate", "validate needs FILE.", "validate --help")]
    [InlineData("alarms test", "test needs FILE.", "alarms test --help")]
    [InlineData("explain --tenant a", "Give --person or --find, one of them.", "explain --help")]
    [InlineData("list --tenant a --list finding", "Argument 'finding' not recognized. Must be one of: 'left-out' 'findings' 'plan'", "list --help")]
    [InlineData("verify --tenant a --head x", "--head must be a head as verify prints it: 64 digits from 0 to f.", "verify --help")]
    public void What_is_wrong_is_one_sentence(string typed, string sentence, string more)
    {
        var (exitCode, told) = Tell(typed);

        Assert.Equal((2, $"{sentence}\nMore: {more}\n"), (exitCode, told.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void Of_check_two_says_that_a_target_would_refuse_the_files_so_it_is_one() => Assert.Equal(1, Tell("check").ExitCode);

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_told_before_all_work()
    {
        var file = Path.GetTempFileName();

        var (_, told) = Tell($"sync --tenants a --out {file}");

        Assert.StartsWith($"--out must name a folder, and {file} is a file.", told);
        File.Delete(file);
    }

    [Theory]
    [InlineData("help runs", "runs --help")]
    [InlineData("help", "--help")]
    [InlineData("runs help", "runs help")]
    public void Help_is_understood_as_a_word(string typed, string meant) => Assert.Equal(meant.Split(' '), AllCommands.Asked(typed.Split(' ')));

    [Fact]
    public void Every_command_has_an_example_and_its_exit_codes()
    {
        foreach (var command in AllCommands.Create().Subcommands.SelectMany(command => command.Subcommands.Count > 0 ? command.Subcommands : [command]))
        {
            var help = new StringWriter();
            AllCommands.Create().Parse([.. command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Select(parent => parent.Name), command.Name, "--help"])
                .Invoke(new InvocationConfiguration { Output = help });

            Assert.Contains("Example:", help.ToString());
            Assert.Contains("Exit codes:", help.ToString());
        }
    }

    private static (int ExitCode, string Told) Tell(string typed)
    {
        var parsed = AllCommands.Create().Parse(AllCommands.Asked(typed.Split(' ')));
        Assert.IsType<ParseErrorAction>(parsed.Action);
        var told = new StringWriter();
        return (TypingErrors.Tell(parsed, told), told.ToString());
    }
}
