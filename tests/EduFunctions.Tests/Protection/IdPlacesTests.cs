using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>An id that may be a name is found where ids of persons stand, and nowhere else.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class IdPlacesTests
{
    [Theory]
    [InlineData("users.csv", "sourcedId,givenName\nfryndina,Bo\n", true)]
    [InlineData("users.csv", "sourcedId,givenName\nelev0001,fryndina\n", false)]
    [InlineData("users.csv", "sourcedId,agentSourcedIds\nelev0001,\"elev0002,fryndina\"\n", true)]
    [InlineData("classes.csv", "sourcedId,title\nfryndina,7A\n", false)]
    [InlineData("enrollments.csv", "sourcedId;userSourcedId\r\n1;fryndina\r\n", true)]
    [InlineData("person.txt", "external_person_key|firstname\nelev0001|fryndina\n", false)]
    [InlineData("person.txt", "external_person_key|firstname\nfryndina|Bo\n", true)]
    [InlineData("known.gone.txt", "fryndina\t2026-09-01\n", true)]
    [InlineData("t/r/persons/000000.json", """{"data":[{"id":"fryndina","givenName":"Bo"}]}""", true)]
    [InlineData("t/r/persons/000000.json", """{"data":[{"id":"elev0001","givenName":"fryndina"}]}""", false)]
    [InlineData("t/r/groups/000000.json", """{"data":[{"id":"g","groupMemberships":[{"person":{"id":"fryndina"}}]}]}""", true)]
    [InlineData("t/r/groups/000000.json", """{"data":[{"id":"fryndina"}]}""", false)]
    [InlineData("t/acts/a.json", """{"people":["fryndina"],"by":"bo"}""", true)]
    [InlineData("t/acts/a.json", """{"people":["elev0001"],"by":"fryndina","reason":"fryndina","feed":"fryndina"}""", false)]
    [InlineData("t/r/findings.json", """{"schools":[{"unit":"1","findings":[{"entities":[{"kind":"person","id":"fryndina"}]}]}]}""", true)]
    [InlineData("t/r/findings.json", """{"schools":[{"unit":"fryndina","name":"fryndina","findings":[]}]}""", false)]
    [InlineData("t/r/000000.xml", "<Export><Person><UserId>fryndina</UserId><FirstName>Bo</FirstName></Person></Export>", true)]
    [InlineData("t/r/000000.xml", "<Export><Person><UserId>elev0001</UserId><FirstName>fryndina</FirstName></Person></Export>", false)]
    [InlineData("t/r/000000.xml", "<Export><Person userId='fryndina'/></Export>", true)]
    [InlineData("t/r/000000.xml", "<Export><Person><UserId>fryndina-2</UserId><Email>fryndina@skole.example</Email></Person></Export>", false)]
    public void Found_by_where_it_stands(string file, string text, bool isFound)
    {
        Assert.True(EntityId.TryFind("fryndina", out var id));

        Assert.Equal(isFound, new PersonTrace(id).IsIn(file, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>A record of somebody holds more than ids.</summary>
    [Theory]
    [InlineData("t/r/persons/000000.json", """{"data":[{"id":"201301019806"}]}""", true)]
    [InlineData("t/r/persons/000000.json", """{"data":[{"id":"1","civicNo":{"value":"201301019806"},"personStatus":"201301019806"}]}""", false)]
    [InlineData("t/r/groups/000000.json", """{"data":[{"id":"1","groupMemberships":[{"person":{"id":"201301019806"}}]}]}""", true)]
    [InlineData("students.csv", "person_id,person_number\n1,201301019806\n", false)]
    [InlineData("students.csv", "person_id,person_number\n201301019806,\n", true)]
    [InlineData("t/r/000000.xml", "<Export><Person><UserId>1</UserId><CivilRegistrationNumber>201301019806</CivilRegistrationNumber></Person></Export>", false)]
    [InlineData("t/r/000000.xml", "<Export><Person><UserId>201301019806</UserId></Person></Export>", true)]
    [InlineData("t/acts/a.json", """{"people":["201301019806"]}""", true)]
    public void Known_as_an_id_by_where_ids_alone_stand(string file, string text, bool isKnown)
    {
        Assert.True(EntityId.TryFind("201301019806", out var id));

        Assert.Equal(isKnown, new PersonTrace(id).IsSurelyIn(file, Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("fryndina", """{"people":["fryndina"],"by":"fryndina"}""", """{"people":["00000000"],"by":"fryndina"}""")]
    [InlineData("frynö", """{"people":["fryn\u00f6","bo"]}""", """{"people":["0000000000","bo"]}""")]
    [InlineData("id-17", """{"people":["id-17"],"count":"id-17"}""", """{"people":["00-00"],"count":"id-17"}""")]
    public void Taken_out_of_where_it_stands_alone(string person, string text, string rest)
    {
        Assert.True(EntityId.TryFind(person, out var id));

        Assert.Equal(rest, Encoding.UTF8.GetString(new PersonTrace(id).Without("t/acts/a.json", Encoding.UTF8.GetBytes(text))));
    }
}
