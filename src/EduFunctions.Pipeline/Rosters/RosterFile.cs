using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>A roster as one file: the tables as they lie in memory (<c>rosters/{tenant}/{run}/roster.bin</c>).</summary>
public static class RosterFile
{
    private const string Kind = "roster/2";

    public static void Write(Roster roster, Stream stream) => TableFile.Write(
        stream,
        Kind,
        roster.Vocabulary,
        TableBytes.Of("texts", roster.Texts),
        TableBytes.Of("units", roster.Units),
        TableBytes.Of("persons", roster.Persons),
        TableBytes.Of("studentUnits", roster.StudentUnits),
        TableBytes.Of("staffUnits", roster.StaffUnits),
        TableBytes.Of("identifiers", roster.Identifiers),
        TableBytes.Of("guardianships", roster.Guardianships),
        TableBytes.Of("syllabuses", roster.Syllabuses),
        TableBytes.Of("sections", roster.Sections),
        TableBytes.Of("members", roster.Members),
        TableBytes.Of("teachers", roster.Teachers),
        TableBytes.Of("mentors", roster.Mentors),
        TableBytes.Of("protected", roster.Protected));

    public static async Task<Roster> ReadAsync(Stream stream, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, Kind, ct);
        var texts = new TextHeap();
        texts.Add(TextChunk.From(0, (await file.ReadAsync<byte>(stream, "texts", ct)).Rows.ToArray()));
        return new Roster
        {
            Texts = texts,
            Vocabulary = file.Facts<RosterVocabulary>(),
            Units = await file.ReadAsync<RosterUnit>(stream, "units", ct),
            Persons = await file.ReadAsync<RosterPerson>(stream, "persons", ct),
            StudentUnits = await file.ReadAsync<PersonUnit>(stream, "studentUnits", ct),
            StaffUnits = await file.ReadAsync<PersonUnit>(stream, "staffUnits", ct),
            Identifiers = await file.ReadAsync<PersonIdentifier>(stream, "identifiers", ct),
            Guardianships = await file.ReadAsync<Guardianship>(stream, "guardianships", ct),
            Syllabuses = await file.ReadAsync<RosterSyllabus>(stream, "syllabuses", ct),
            Sections = await file.ReadAsync<RosterSection>(stream, "sections", ct),
            Members = await file.ReadAsync<SectionPerson>(stream, "members", ct),
            Teachers = await file.ReadAsync<SectionPerson>(stream, "teachers", ct),
            Mentors = await file.ReadAsync<SectionPerson>(stream, "mentors", ct),
            Protected = await file.ReadAsync<EntityId>(stream, "protected", ct),
        };
    }
}
