using System.ComponentModel;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>How protected students appear in a feed that may not be without them: each under a name of their own, which is nobody's.</summary>
public sealed record Pseudonym
{
    internal const int ShortestSecret = 32;

    private static readonly CsvConfiguration Lines = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        HasHeaderRecord = false,
        TrimOptions = TrimOptions.Trim,
        BadDataFound = null,
    };

    [Description("A given name that all aliases have; absent, each has one of a list.")]
    public string? GivenName { get; init; }

    [Description("What the family name of every alias begins with; a word of its own follows. Absent, it is that word alone.")]
    public string? FamilyName { get; init; }

    [Description("The secret the aliases are made with, of 32 characters or more. Another secret makes other aliases, and so new accounts.")]
    public required Secret Secret { get; init; }

    [Description("A secret that holds names which somebody has chosen, a line for each person: id;given name;family name. Who is not there gets a made one.")]
    public Secret? Names { get; init; }

    [Description("Whether protected staff are in the feed under an alias, too.")]
    public bool Staff { get; init; }

    /// <summary>The chosen names by the person's id, as the source writes it.</summary>
    internal Dictionary<string, AliasName> ChosenNames() =>
        Read().Where(line => line.Fields is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }])
            .DistinctBy(line => line.Fields[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(line => line.Fields[0], line => new AliasName(line.Fields[1], line.Fields[2]), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with the secrets, by key. What stands in them is not repeated.</summary>
    internal IEnumerable<(string Key, string Cause)> UnusableSecrets()
    {
        if (Secret.Reveal().Length < ShortestSecret)
        {
            yield return ("secret", $"must name a secret of {ShortestSecret} characters or more");
        }

        var (ids, names) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<AliasName>());
        foreach (var (line, fields) in Read())
        {
            var cause = fields is not [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }] ? "is not id;given name;family name"
                : !ids.Add(fields[0]) ? "has an id that an earlier line has"
                : !names.Add(new AliasName(fields[1], fields[2])) ? "has a name that an earlier line has"
                : null;
            if (cause is not null)
            {
                yield return ("names", $"names a secret whose line {line} {cause}");
            }
        }
    }

    private IEnumerable<(int Line, string[] Fields)> Read()
    {
        using var reader = new CsvParser(new StringReader(Names?.Reveal() ?? ""), Lines);
        while (reader.Read())
        {
            yield return (reader.RawRow, reader.Record!);
        }
    }
}

/// <summary>The name that somebody goes by instead of their own.</summary>
internal sealed record AliasName(string GivenName, string FamilyName);
