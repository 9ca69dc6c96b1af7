using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Reads the lines back: each says what to do with what, and what is brought has what the standard wants of it.</summary>
internal sealed class ScimCheck(string file)
{
    private const int MostErrors = 1000;

    private readonly List<FeedError> _errors = [];
    private readonly IdSet _userNames = new();
    private int _line;

    public IReadOnlyList<FeedError> Errors(Stream content)
    {
        var lines = new LineReader(content);
        while (_errors.Count < MostErrors && lines.Read())
        {
            _line = lines.Line;
            if (ScimLine.TryParse(lines.Current) is not { } line)
            {
                Add("line", "is no change of a resource");
            }
            else if (line.Do == ScimLine.Bring)
            {
                CheckResource(line, line.Resource ?? []);
            }
            else if (line.Do == ScimLine.Rename)
            {
                CheckText("displayName", line.Resource?["displayName"]);
            }
            else if (line.Resource is not null)
            {
                Add("resource", "must not be given for what is taken away");
            }
        }

        return _errors;
    }

    private void CheckResource(ScimLine line, JsonObject resource)
    {
        if ((string?)resource["externalId"] != line.Id)
        {
            Add("externalId", "must be the line's id");
        }

        if (resource["schemas"] is not JsonArray schemas || schemas.All(schema => (string?)schema != line.Type.Schema))
        {
            Add("schemas", "must name the kind of the resource");
        }

        if (line.Type == ScimType.Users)
        {
            CheckUser(resource);
        }
        else if (line.Type != ScimType.Employments)
        {
            CheckText("displayName", resource["displayName"]);
        }
    }

    private void CheckUser(JsonObject user)
    {
        CheckText("userName", user["userName"]);
        CheckText("name.givenName", user["name"]?["givenName"]);
        CheckText("name.familyName", user["name"]?["familyName"]);
        if (user["userName"] is JsonValue name && !_userNames.AddIgnoringCase(Encoding.UTF8.GetBytes((string)name!)))
        {
            Add("userName", "must be unique, whatever its case");
        }
    }

    private void CheckText(string attribute, JsonNode? value)
    {
        var text = value is JsonValue given && given.TryGetValue(out string? read) ? Encoding.UTF8.GetBytes(read) : [];
        if (text.Length == 0)
        {
            Add(attribute, "is required");
        }
        else if (ScimValues.IsTooLong(text) || !PlainText.IsSafe(text))
        {
            Add(attribute, $"must have at most {ScimValues.LongestText} characters, all of them visible, and not begin like a formula");
        }
    }

    private void Add(string attribute, string rule) => _errors.Add(new FeedError(file, _line, attribute, rule));
}
