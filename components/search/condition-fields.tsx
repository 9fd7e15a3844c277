/** A choice of one. The empty value stands for any. */
export function Select({
  name,
  label,
  value = '',
  choices,
  onChoose,
}: {
  name: string
  label: string
  value: string | undefined
  choices: { value: string; name: string }[]
  onChoose: (value: string) => void
}) {
  return (
    <label>
      {label}
      <select name={name} value={value} onChange={({ target }) => onChoose(target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A day (UTC): `2026-03-01`. */
export function Day({
  name,
  label,
  value = '',
  onChoose,
}: {
  name: 'from' | 'to'
  label: string
  value: string | undefined
  onChoose: (chosen: { from?: string; to?: string }) => void
}) {
  return (
    <label>
      {label}
      <input
        type="date"
        name={name}
        value={value}
        onChange={({ target }) => onChoose({ [name]: target.value || undefined })}
      />
    </label>
  )
}
