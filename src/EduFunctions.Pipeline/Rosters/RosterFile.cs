using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>A roster as one file: the tables as they lie in memory (<c>rosters/{tenant}/{run}/roster.bin</c>).</summary>
public static class RosterFile
{
    internal const string Kind = "roster/4";
    internal const string OtherTexts = "otherTexts";
    internal const string Units = "units";
    internal const string Sections = "sections";

    /// <param name="owner">Whose it is (<see cref="RosterPath.OwnerOf"/>).</param>
    public static void Write(Roster roster, string? owner, Stream stream) => TableFile.WriteOwned(stream, Kind, owner, roster.Vocabulary, Tables(roster));

    /// <param name="owner">Whose it has to be; null for whoever's.</param>
    public static async Task<Roster> ReadAsync(Stream stream, string? owner, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, Kind, ct);
        file.RequireOwner(owner);
        var roster = new Roster { Vocabulary = file.Facts<RosterVocabulary>() };
        await file.ReadAsync(stream, Tables(roster), ct);
        return roster;
    }

    private static TableBytes[] Tables(Roster roster) =>
    [
        TableBytes.Of("personTexts", roster.Texts, Roster.PersonTexts),
        TableBytes.Of(OtherTexts, roster.Texts, Roster.OtherTexts),
        TableBytes.Of(Units, roster.Units, static (in row) => row.Id),
        TableBytes.Of("persons", roster.Persons, static (in row) => row.Id),
        TableBytes.Of("studentUnits", roster.StudentUnits),
        TableBytes.Of("staffUnits", roster.StaffUnits),
        TableBytes.Of("identifiers", roster.Identifiers),
        TableBytes.Of("guardianships", roster.Guardianships),
        TableBytes.Of("syllabuses", roster.Syllabuses, static (in row) => row.Id),
        TableBytes.Of(Sections, roster.Sections, static (in row) => row.Id, static (in row) => row.Group),
        TableBytes.Of("members", roster.Members),
        TableBytes.Of("teachers", roster.Teachers),
        TableBytes.Of("mentors", roster.Mentors),
        TableBytes.Of("protected", roster.Protected),
        TableBytes.Of("doubts", roster.Doubts, static (in row) => row.Entity),
        TableBytes.Of("unread", roster.Unread, static (in row) => row.Entity),
        TableBytes.Of("identities", roster.Identities),
        TableBytes.Of("keysOnly", roster.KeysOnly),
    ];
}
