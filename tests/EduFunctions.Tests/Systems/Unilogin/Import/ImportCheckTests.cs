using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Unilogin.Import;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>A document is read back before it is sent; what the service would refuse is named by line, without a value.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ImportCheckTests
{
    private const string Document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <UNILoginImport xmlns="urn:test" sourceDateTime="2026-09-01T00:10:00Z" source="EduFunctions" schoolYear="2026-2027">
          <Institution>
            <InstitutionNumber>A00001</InstitutionNumber>
            <Group>
              <GroupId>7a</GroupId>
              <GroupName>7.A</GroupName>
              <GroupType>Hovedgruppe</GroupType>
            </Group>
            <InstitutionPerson>
              <LocalPersonId>alva</LocalPersonId>
              <Person protected="false">
                <FirstName>Alva</FirstName><FamilyName>Prov</FamilyName>
              </Person>
              <Student>
                <Role>Elev</Role>
                <Level>7</Level>
                <MainGroupId>7a</MainGroupId>
              </Student>
            </InstitutionPerson>
          </Institution>
        </UNILoginImport>
        """;

    [Theory]
    [InlineData("", "", null)]
    [InlineData("<Level>7</Level>", "<Level>7a</Level>", "line 17, Level: breaks the schema")]
    [InlineData("<Role>Elev</Role>", "<Role>Lærer</Role>", "line 16, Role: breaks the schema")]
    [InlineData("A00001", "A0001", "line 4, InstitutionNumber: breaks the schema")]
    [InlineData("<FirstName>Alva</FirstName>", "", "line 13, FamilyName: breaks the schema")]
    [InlineData("<MainGroupId>7a", "<MainGroupId>7b", "line 18, MainGroupId: names a group that the document does not declare")]
    [InlineData("protected=\"false\"", "", "line 12, Person: breaks the schema")]
    [InlineData("</Institution>", "</Institutio>", "line 21, document: is no well-formed XML [uniloginImport/wellFormed]")]
    public void What_breaks_a_rule_is_named(string part, string changed, string? error) =>
        Assert.Equal(error, Check("A00001.total.xml", part.Length == 0 ? Document : Document.Replace(part, changed, StringComparison.Ordinal)));

    [Fact]
    public void Lengths_count_bytes()
    {
        var ninetyNine = new string('x', 99);

        Assert.Null(Check("A00001.total.xml", Document.Replace("7.A", $"{ninetyNine}x", StringComparison.Ordinal)));
        Assert.StartsWith("line 7, GroupName: has more bytes than the receiver takes", Check("A00001.total.xml", Document.Replace("7.A", $"{ninetyNine}æ", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_id_stands_once()
    {
        var person = Document[Document.IndexOf("    <InstitutionPerson>", StringComparison.Ordinal)..Document.IndexOf("  </Institution>", StringComparison.Ordinal)];

        var found = Check("A00001.total.xml", Document.Replace(person, person + person, StringComparison.Ordinal));

        Assert.StartsWith("line 22, LocalPersonId: must be unique at the institution", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_gone_is_named_by_the_id_alone() =>
        Assert.Equal("line 10, InstitutionPerson: must have nothing but the id [uniloginImport/idAlone]", Check("A00001.slet.xml", Document));

    private static string? Check(string name, string document)
    {
        using var files = new FeedFiles();
        files.Create(name).Write(System.Text.Encoding.UTF8.GetBytes(document));
        return new UniloginImportFeed().Check(files, new UniloginImportSettings()) is [var error, ..]
            ? error.ToString().Replace($"{name} ", "", StringComparison.Ordinal).Split([": its value", ": an element", " ("], StringSplitOptions.None)[0]
            : null;
    }
}
