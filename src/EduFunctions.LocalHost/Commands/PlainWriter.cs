using System.Text;
using Spectre.Console;

namespace EduFunctions.LocalHost.Commands;

/// <summary>
/// Writes text and nothing else: ids, names and answers come from outside, and what a terminal would obey is taken out of all that is printed.
/// </summary>
public sealed class PlainWriter(TextWriter inner) : TextWriter
{
    private const char Replacement = '\uFFFD';

    public override Encoding Encoding => inner.Encoding;

    /// <summary>For stdout and stderr, and for tables, which then have no colours of their own.</summary>
    public static void Install()
    {
        Console.SetOut(new PlainWriter(Console.Out));
        Console.SetError(new PlainWriter(Console.Error));
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
    }

    public static string Of(string text) => text.Any(IsCommand) ? string.Concat(text.Select(c => IsCommand(c) ? Replacement : c)) : text;

    public override void Write(char value) => inner.Write(IsCommand(value) ? Replacement : value);

    public override void Write(string? value) => inner.Write(value is null ? null : Of(value));

    public override void Write(char[] buffer, int index, int count) => inner.Write(Of(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(Of(new string(buffer)));

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : Of(value));

    public override void Flush() => inner.Flush();

    private static bool IsCommand(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
