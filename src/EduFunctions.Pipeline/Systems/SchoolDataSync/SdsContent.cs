using System.Collections;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>The rows of all files, and what they have in common.</summary>
internal sealed class SdsContent
{
    private readonly CleanText _clean = new();
    private readonly SchoolYearSpan _year;

    public SdsContent(FeedInput input)
    {
        (Roster, Settings) = (input.Roster, (SdsSettings)input.Settings);
        (Persons, Classes) = (input.Selection.Persons, input.Selection.Sections);
        _year = SchoolYearSpan.Of(input.Date, Settings.SchoolYearBegins);
        Session = Derived($"session|{input.Tenant}|{_year.Year}").ToString();
        ClassIds = Array.ConvertAll(Roster.SectionIds(), id => Taken("class", id));
        Units = [.. Roster.Units.Rows.ToArray().Select(unit => Taken("org", unit.Id).ToString())];
    }

    public Roster Roster { get; }

    public SdsSettings Settings { get; }

    /// <summary>By row of the roster's persons: whether the files have them.</summary>
    public BitArray Persons { get; }

    /// <summary>By row of the roster's sections: whether the files have them.</summary>
    public BitArray Classes { get; }

    /// <summary>Id of the school year.</summary>
    public string Session { get; }

    /// <summary>By row of the roster's sections: one for each group and syllabus, so that another syllabus makes another class.</summary>
    public EntityId[] ClassIds { get; }

    /// <summary>Ids by row of the roster's units.</summary>
    public string[] Units { get; }

    public IReadOnlyList<SdsTable> Tables
    {
        get
        {
            var (people, classes) = (new SdsPeople(this), new SdsClasses(this));
            SdsTable[] all =
            [
                new(SdsFile.AcademicSessions, Sessions()),
                new(SdsFile.Orgs, Orgs()),
                new(SdsFile.Users, people.Users()),
                new(SdsFile.Roles, people.Roles()),
                new(SdsFile.Courses, classes.Courses()),
                new(SdsFile.Classes, classes.Rows()),
                new(SdsFile.Enrollments, classes.Enrollments()),
                new(SdsFile.Relationships, people.Relationships()),
            ];
            return [.. all.Where(table => SdsFile.Of(Settings).Contains(table.File))];
        }
    }

    /// <summary>The cleaned name of a thing, as much of it as may stand in a file.</summary>
    public string Name(Text text) => CutText.Of(_clean.Clean(Roster[text]), SdsLimits.LongestText);

    public static EntityId Derived(string name) => EntityId.Derive(Encoding.UTF8.GetBytes(name));

    private static EntityId Taken(string kind, EntityId id) => SdsLimits.TakesId(id) ? id : Derived($"{kind}|{id}");

    /// <summary>The vendor's examples call a school year by the year in which it begins.</summary>
    private IEnumerable<string[]> Sessions() =>
        [[Session, _year.Title, "schoolYear", _year.Begins.Year.ToString("0000", CultureInfo.InvariantCulture), Day(_year.Begins), Day(_year.Ends.AddDays(-1))]];

    private IEnumerable<string[]> Orgs() => Enumerable.Range(0, Units.Length)
        .Select(row => (string[])[Units[row], Name(Roster.Units[row].Name) is { Length: > 0 } name ? name : Units[row], "school"])
        .OrderBy(row => row[0], StringComparer.Ordinal);

    private static string Day(DateOnly day) => day.ToString(DayAttribute.Form, CultureInfo.InvariantCulture);
}
