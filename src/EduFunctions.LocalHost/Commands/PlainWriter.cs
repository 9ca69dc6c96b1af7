using System.Text;
using Spectre.Console;

namespace EduFunctions.LocalHost.Commands;

/// <summary>
/// Writes text and nothing else: ids, names and answers come from outside, and what a terminal would obey is taken out of all that is printed.
/// </summary>
/// <param name="isDispensable">Whether what cannot be written is lost, and nobody's work with it: a log on a full disk is no reason for a night to fail.</param>
public sealed class PlainWriter(TextWriter inner, bool isDispensable = false) : TextWriter
{
    private const char Replacement = '\uFFFD';

    public override Encoding Encoding => inner.Encoding;

    /// <summary>For stdout and stderr, and for tables, which then have no colours of their own.</summary>
    public static void Install()
    {
        Console.SetOut(new PlainWriter(Console.Out));
        Console.SetError(new PlainWriter(Console.Error, isDispensable: true));
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
    }

    public static string Of(string text) => text.Any(IsCommand) ? string.Concat(text.Select(c => IsCommand(c) ? Replacement : c)) : text;

    public override void Write(char value) => Say(() => inner.Write(IsCommand(value) ? Replacement : value));

    public override void Write(string? value) => Say(() => inner.Write(value is null ? null : Of(value)));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    public override void WriteLine(string? value) => Say(() => inner.WriteLine(value is null ? null : Of(value)));

    public override void Flush() => Say(inner.Flush);

    private void Say(Action say)
    {
        try
        {
            say();
        }
        catch (IOException) when (isDispensable)
        {
            // There is nowhere to say it.
        }
    }

    private static bool IsCommand(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
