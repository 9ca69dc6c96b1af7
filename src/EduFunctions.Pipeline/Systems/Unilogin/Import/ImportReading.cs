using System.Globalization;
using System.Xml;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>One document on its way through the check, read once from front to back: groups stand before people.</summary>
/// <param name="reader">Which tells of what breaks the schema by itself.</param>
/// <param name="isForgetting">Whether the document says who is to go.</param>
internal sealed class ImportReading(XmlReader reader, string file, bool isForgetting, CheckReport report)
{
    private const string Group = "Group";
    private const string Person = "InstitutionPerson";

    /// <summary>Depth of groups and people: below the root and the institution.</summary>
    private const int DepthOfRows = 2;

    private static readonly Dictionary<string, int> Most = new() { ["GroupName"] = ImportText.LongestGroupName, ["Line"] = 40, ["StudentNumber"] = 26 };

    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _persons = new(StringComparer.Ordinal);

    private (string Name, int Line, int Position, int Children) _row = ("", 0, 0, 0);
    private (bool IsProtected, int Line, int Position, bool HasAlias) _person;
    private (string Name, int Line, int Position) _element = ("", 0, 0);
    private string _text = "";

    public void Read()
    {
        while (!report.IsFull && reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Begin();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    _text += reader.Value;
                    break;
                case XmlNodeType.EndElement:
                    End();
                    break;
            }
        }
    }

    private void Begin()
    {
        var at = (IXmlLineInfo)reader;
        (_element, _text) = ((reader.LocalName, at.LineNumber, at.LinePosition), "");
        if (reader.Depth == 0)
        {
            CheckSchoolYear(reader.GetAttribute("schoolYear") ?? "");
        }
        else if (reader.Depth == DepthOfRows)
        {
            _row = (reader.LocalName, at.LineNumber, at.LinePosition, 0);
            report.CountRows(_row.Name is Group or Person ? 1 : 0);
        }
        else if (reader.Depth == DepthOfRows + 1)
        {
            _row.Children++;
        }

        if (reader.LocalName == "Person")
        {
            _person = (reader.GetAttribute("protected") is "true" or "1", at.LineNumber, at.LinePosition, false);
        }

        if (reader.IsEmptyElement)
        {
            End();
        }
    }

    private void End()
    {
        if (reader.LocalName == _element.Name)
        {
            EndValue(_element.Name, _text.Trim());
        }

        if (reader.LocalName == "Person" && _person is { IsProtected: true, HasAlias: false })
        {
            Add(ImportTargetRules.Alias, _person.Line, _person.Position, "Person");
        }

        if (reader.Depth == DepthOfRows && _row.Name == Person)
        {
            CheckDescription();
        }
    }

    private void EndValue(string name, string value)
    {
        if (Most.TryGetValue(name, out var most) && ImportText.Length(value) > most)
        {
            Add(ImportTargetRules.TooLong, $"{ImportText.Length(value)} bytes, {most} at most");
        }

        _person.HasAlias |= name == "AliasFirstName" && value.Length > 0;
        if (name == "LocalPersonId" || (name == "GroupId" && _row.Name == Group))
        {
            if (!(name == "GroupId" ? _groups : _persons).Add(value))
            {
                Add(ImportTargetRules.IdTwice, "");
            }
        }
        else if (name is "MainGroupId" or "GroupId" && !_groups.Contains(value))
        {
            Add(ImportTargetRules.Group, $"{value.Length} characters");
        }
    }

    /// <summary>Who is to go is named by the id alone, everybody else is described.</summary>
    private void CheckDescription()
    {
        if (_row.Children <= 1 != isForgetting)
        {
            Add(isForgetting ? ImportTargetRules.IdAlone : ImportTargetRules.Described, _row.Line, _row.Position, Person);
        }
    }

    /// <summary>What is no two years at all breaks the schema already.</summary>
    private void CheckSchoolYear(string years)
    {
        var parts = years.Split('-');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var second) && second != first + 1)
        {
            Add(ImportTargetRules.SchoolYear, _element.Line, _element.Position, "schoolYear");
        }
    }

    private void Add(TargetRule rule, string found) => report.Add(new RuleBreach(rule, file, _element.Line, _element.Position, _element.Name, found));

    private void Add(TargetRule rule, int line, int position, string column) => report.Add(new RuleBreach(rule, file, line, position, column, ""));
}
