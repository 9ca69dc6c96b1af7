using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>What <c>--json</c> holds: everything that a table's medians are made of.</summary>
/// <param name="Repetitions">One for each, in the order in which they ran.</param>
/// <param name="Summary">What follows from them; null for nothing but medians.</param>
internal sealed record RawResults(string Command, DateTime Date, Machine Machine, IReadOnlyList<object> Repetitions, object? Summary)
{
    private const string OptionName = "--json";

    private static readonly JsonSerializerOptions Json = new(Serialization.Indented) { Converters = { new SecondsConverter() } };

    public static Option<FileInfo?> Option() => new(OptionName) { Description = "File that gets machine, command, date and the figures of each repetition." };

    /// <summary>Writes what was measured where somebody has asked for it.</summary>
    public static async Task SaveAsync(ParseResult parsed, IEnumerable<object> repetitions, object? summary, CancellationToken ct)
    {
        if (parsed.GetValue<FileInfo?>(OptionName) is { } file)
        {
            var results = new RawResults(CommandOf(parsed), DateTime.UtcNow, Machine.Here(), [.. repetitions], summary);
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(results, Json) + "\n", ct);
        }
    }

    /// <summary>Without this machine's folders.</summary>
    private static string CommandOf(ParseResult parsed) => string.Join(' ', parsed.CommandResult.Children.OfType<OptionResult>()
        .Where(option => !option.Implicit && option.Option.Name != OptionName)
        .Select(option => $"{option.Option.Name} {Value(option)}".TrimEnd())
        .Prepend(parsed.CommandResult.Command.Name));

    private static string Value(OptionResult option) => option.Option.ValueType.IsAssignableTo(typeof(FileSystemInfo))
        ? option.Option.Name[2..].ToUpperInvariant()
        : string.Join(' ', option.Tokens.Select(token => token.Value));
}
