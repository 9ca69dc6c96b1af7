using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What went to a target, and what that answered, file by file: how far, when, under which name, with which counts and hashes.</summary>
internal static class ReceiptView
{
    public static Html Of(Wording words, Receipt receipt, TimeZoneInfo zone) => Html.Of(
        $"""
        <details><summary>{words["What was sent, and what the target answered"]}</summary>
        <p>{words.Of(receipt.State)} <span class="soft">{words[$"{words.Time(receipt.Finished, zone)}, {receipt.Target}, times begun: {receipt.Attempts}"]}</span></p>
        {Html.If(receipt.Caveat is not null, () => Html.Of($"<p>{words.Told(receipt.Caveat)}</p>"))}
        {Html.If(receipt.Reference is not null, () => Html.Of($"<p>{words["The target's own name for it:"]} <code>{receipt.Reference}</code></p>"))}
        {Html.If(receipt.Counts.Count > 0, () => Html.Of(
            $"<dl class=\"facts\">{Html.Each(receipt.Counts, count => Html.Of($"<div><dt>{words.OfCount(count.Key)}</dt><dd>{words.Number(count.Value)}</dd></div>"))}</dl>"))}
        {(receipt.Files.Count + receipt.Progress.Count > 0 ? Files(words, receipt, zone)
            : Html.Of($"<p class=\"soft\">{words["No file was sent: nothing was made for the target, or nothing was different from what it has."]}</p>"))}
        </details>
        """);

    private static Html Files(Wording words, Receipt receipt, TimeZoneInfo zone) => Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="{words["Files"]}"><table>
        <thead><tr><th scope="col">{words["File"]}</th><th scope="col">{words["Answer"]}</th><th scope="col" class="number">{words["Rows"]}</th>
        <th scope="col" class="number minor">{words["Bytes"]}</th><th scope="col" class="minor">SHA-256</th></tr></thead>
        <tbody>{Html.Each(Names(receipt), name => Row(
            words, name, receipt.Files.FirstOrDefault(file => file.Name == name), receipt.Progress.FirstOrDefault(file => file.Name == name), zone))}</tbody></table></div>
        """);

    private static IEnumerable<string> Names(Receipt receipt) => receipt.Files.Select(file => file.Name).Union(receipt.Progress.Select(file => file.Name));

    /// <param name="file">Null for what was begun and is no longer among the files.</param>
    /// <param name="answer">Null where the target answers to all files together. Of a file that is no table, such as an archive, no rows are counted.</param>
    private static Html Row(Wording words, string name, FeedFile? file, FileProgress? answer, TimeZoneInfo zone) => Html.Of(
        $"""
        <tr><th scope="row"><code>{name}</code></th><td>{(answer is null ? Html.Of($"–") : Answer(words, answer, zone))}</td>
        <td class="number">{(answer is null or { Rows: 0 } ? "–" : words.Number(answer.Rows))}</td>
        <td class="number minor">{file?.Bytes}</td><td class="minor"><code>{file?.Sha256}</code></td></tr>
        """);

    private static Html Answer(Wording words, FileProgress answer, TimeZoneInfo zone) => Html.Of(
        $"""
        {words.Of(answer.State)} {words.Time(answer.Since, zone)}
        {Html.If(answer.Reference is not null, () => Html.Of($"<br><code>{answer.Reference}</code>"))}
        {Html.If(answer.Completed + answer.Errors + answer.Warnings > 0, () => Html.Of(
            $"<br><span class=\"soft\">{words[$"{words.Number(answer.Completed)} done, {words.Number(answer.Errors)} errors, {words.Number(answer.Warnings)} warnings"]}</span>"))}
        {Html.If(answer.Refused.Count > 0, () => Html.Of($"<br><span class=\"soft\">{words[$"refused lines: {string.Join(", ", answer.Refused)}"]}</span>"))}
        {Html.If(answer.Reason is not null, () => Html.Of($"<br><span class=\"soft\">{words.Told(answer.Reason)}</span>"))}
        """);
}
