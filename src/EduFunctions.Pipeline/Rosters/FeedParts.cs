using EduFunctions.Pipeline.Eligibility;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>
/// What of a feed stands at its target by a setting alone, each with how many records: what is not named any more has been switched off, or the records would be
/// known there by something else.
/// </summary>
/// <param name="roster">Of which the feed is.</param>
/// <param name="chosen">Who and what of it is in the feed.</param>
public sealed class FeedParts(Roster roster, FeedSelection chosen)
{
    private const char ByValue = '=';

    private readonly Dictionary<string, int> _parts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> All => _parts;

    public Roster Roster => roster;

    public int Persons => Count(chosen.Persons.Count, row => chosen.Persons[row]);

    public int Guardians => PersonsWhere(row => roster.Persons[row].Roles == Roles.Guardian);

    public int Sections => Count(chosen.Sections.Count, row => chosen.Sections[row]);

    /// <summary>Of a part's name the setting.</summary>
    public static string SettingOf(string part) => part.Split(ByValue)[0];

    public int PersonsWhere(Predicate<int> counts) => Count(chosen.Persons.Count, row => chosen.Persons[row] && counts(row));

    /// <param name="setting">Its path below the feed's settings.</param>
    public FeedParts Add(string setting, bool isOn, Func<int> count)
    {
        if (isOn)
        {
            _parts[setting] = count();
        }

        return this;
    }

    /// <summary>For a setting that decides by what records are known: with another value they are others.</summary>
    public FeedParts AddValue(string setting, string value, Func<int> count) => Add($"{setting}{ByValue}{value}", isOn: true, count);

    private static int Count(int rows, Predicate<int> counts)
    {
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            count += counts(row) ? 1 : 0;
        }

        return count;
    }
}
