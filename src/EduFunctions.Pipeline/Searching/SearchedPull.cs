using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Searching;

/// <summary>One stored pull and a question. Pure.</summary>
/// <param name="data">The pull; it is judged by what is remembered, and is of no use for anything else afterwards.</param>
internal sealed class SearchedPull(SourceData data)
{
    /// <summary>Rows of whoever answers it and is not hidden.</summary>
    /// <param name="memory">Who is protected by now, under whatever id the pull has them.</param>
    /// <param name="hidden">Who is hidden by their ids; null where nobody is. Whom the pull adds is hidden in earlier ones, too.</param>
    /// <param name="isPast">Whether the register may hand out more recent records of the same people: of a namesake of somebody protected nobody knows which.</param>
    public IReadOnlyList<int> Rows(string question, ProtectionMemory memory, HashSet<EntityId>? hidden, bool isPast)
    {
        var rows = Answering(question);
        if (hidden is null)
        {
            return rows;
        }

        Recollection.Of(data, memory, Sight.OfNobodyTakenBack).Apply();
        hidden.UnionWith(data.ProtectedIds);
        rows.RemoveAll(row => hidden.Contains(data.Persons.Id(row)));
        if (isPast && rows.Count > 0)
        {
            var (scan, line) = (new RowScan(ProtectedValuesBuilder.Of(memory)), new PersonLine());
            rows.RemoveAll(row => IsTelling(scan, line, row));
        }

        return rows;
    }

    /// <summary>As whoever asked is to see them.</summary>
    /// <param name="isTelling">Whether the name of a school or class tells of somebody protected.</param>
    /// <param name="today">The day of the night.</param>
    public IReadOnlyList<FoundPerson> People(IReadOnlyList<int> rows, Predicate<string> isTelling, DateOnly today)
    {
        var (schools, apart) = (new SchoolNames(data, isTelling, rows), new TellingApart(data, isTelling, rows, today));
        return
        [
            .. rows.Select(row => apart.Of(row, new FoundPerson(data.Persons.Id(row).ToString(), NameOf(row), schools.Of(row))))
                .OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Id, StringComparer.Ordinal),
        ];
    }

    private List<int> Answering(string text)
    {
        var (question, rows) = (new PersonQuestion(text, data), new List<int>());
        for (var row = 0; row < data.Persons.Count && PersonQuestion.IsQuestion(text); row++)
        {
            if (data.Persons.IsCurrent(row) && question.IsAnsweredBy(row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private bool IsTelling(RowScan scan, PersonLine line, int row)
    {
        line.Write(data.Persons[row].Texts, data.Texts);
        return scan.Find(line.Row).Count > 0;
    }

    private string NameOf(int row)
    {
        var texts = data.Persons[row].Texts;
        return string.Join(' ', new[] { texts.GivenName, texts.FamilyName }.Select(name => data.Texts.ToString(name)).Where(name => name.Length > 0));
    }
}
